#!/usr/bin/env python3
"""Files of other programs that the loaders read: gzip by Python's zlib, a database by Python's sqlite3.

    python3 sources.py        writes ratings.csv.gz, members.csv.gz and shop.db beside itself
"""
import gzip
import pathlib
import sqlite3

folder = pathlib.Path(__file__).parent
text = b"userId,movieId,rating,timestamp\n1,10,4.5,100\n2,10,3,200\n2,11,5,300\n"
(folder / "ratings.csv.gz").write_bytes(gzip.compress(text, mtime=0))
# Two members, as `cat a.gz b.gz` gives, and padding as tape drives left.
members = gzip.compress(text, mtime=0) + gzip.compress(b"9,9,1,7\n", mtime=0) + bytes(32)
(folder / "members.csv.gz").write_bytes(members)

path = folder / "shop.db"
path.unlink(missing_ok=True)
database = sqlite3.connect(path)
database.execute("create table ratings (user_id integer, product text, stars real, at text, photo blob)")
database.executemany(
    "insert into ratings values (?, ?, ?, ?, ?)",
    [(1, "a,b", 4.5, "2020-01-01", None), (2, 'q"x', 3, "2020-02-01", None), (2, "a,b", None, "2020-02-02", None)],
)
database.execute("create table customers (user text, age integer)")
database.execute("insert into customers values ('1', 40)")
database.execute("create table pictures (user_id integer, product text, stars real, photo blob)")
database.execute("insert into pictures values (1, 'a', 2, x'00ff')")
database.commit()
database.execute("vacuum")
