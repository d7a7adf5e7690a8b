#!/usr/bin/env python3
"""Reference values for tfidf, by scikit-learn's TfidfVectorizer and CountVectorizer: python3 tfidf.py

Writes tfidf-texts.tsv (the texts), tfidf-tokens.tsv (their tokens) and tfidf-weights.tsv (a weight a line).
scikit-learn 1.9.1. The stems of porter-stems.tsv are Snowball's "porter", which is the algorithm of the 1980 paper
(snowballstemmer 3; the words are the paper's own examples and words of film titles).
"""
import pathlib
import re

import snowballstemmer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics.pairwise import cosine_similarity

here = pathlib.Path(__file__).resolve().parent

GUIDE = ["I love sci-fi movies", "I love romantic movies", "I hate horror movies"]
TEXTS = GUIDE + [
    "The quick brown fox jumps over the lazy dog; the dog sleeps, the fox does not.",
    "A dog's life (1918): Chaplin's 3-reel comedy, a dog and a tramp",
    "Amélie Poulain – Le Fabuleux Destin d'Amélie, à Montmartre",
    "Ame\u0301lie with a combining accent is another word",
    "ΟΔΥΣΣΕΑΣ ΚΑΙ ΟΔΟΣ ΣΑΣ Σ",
    "İSTANBUL'DA ÇOK GÜZEL IŞIK",
    "Дорога домой: фильм о ДОРОГЕ и доме",
    "七人の侍 羅生門 ゴジラ",
    "हिन्दी फ़िल्म दिल वाले",
    "snake_case __init__ x1 ½ ² 42 Ⅷ ৪২ ①② a",
    "ﬁlm STRASSE straße ǅungla ǆ",
    "naïve café naïve café",
    "",
    "a I ? ! -",
]
SETTINGS = {
    "default": {},
    "bigrams": {"ngram_range": (1, 2)},
    "sublinear": {"sublinear_tf": True},
    "minimum": {"min_df": 2},
    "english": {"stop_words": "english", "ngram_range": (1, 2)},
}
assert not any("\t" in text or "\n" in text for text in TEXTS)
(here / "tfidf-texts.tsv").write_text("".join(text + "\n" for text in TEXTS))
analyze = TfidfVectorizer().build_analyzer()
(here / "tfidf-tokens.tsv").write_text("".join("\t".join(analyze(text)) + "\n" for text in TEXTS))

lines = []
for name, setting in SETTINGS.items():
    vectorizer = TfidfVectorizer(**setting)
    matrix = vectorizer.fit_transform(TEXTS)
    terms = vectorizer.get_feature_names_out()
    for document, term in zip(*matrix.nonzero()):
        lines.append(f"{name}\t{document}\t{terms[term]}\t{float(matrix[document, term])!r}\n")
cosines = cosine_similarity(TfidfVectorizer().fit_transform(GUIDE))
for i in range(3):
    for j in range(3):
        lines.append(f"cosine\t{i}\t{j}\t{float(cosines[i, j])!r}\n")
(here / "tfidf-weights.tsv").write_text("".join(lines))

PAPER = """caresses ponies ties caress cats feed agreed plastered bled motoring sing conflated troubled sized hopping tanned
falling hissing fizzed failing filing happy sky relational conditional rational valenci hesitanci digitizer conformabli
radicalli differentli vileli analogousli vietnamization predication operator feudalism decisiveness hopefulness callousness
formaliti sensitiviti sensibiliti triplicate formative formalize electriciti electrical hopeful goodness revival allowance
inference airliner gyroscopic adjustable defensible irritant replacement adjustment dependent adoption homologou communism
activate angulariti homologous effective bowdlerize probate rate cease controll roll oscillators generalizations
connect connected connecting connection connections""".split()
words = set(PAPER)
# Real words, whatever is at hand: every fifth word of MovieLens' titles and tags, else of this program's own modules.
folder = here
while folder.parent != folder and not (folder / "shared/data/ml-latest-small").is_dir():
    folder = folder.parent
sources = [folder / "shared/data/ml-latest-small/movies.csv", folder / "shared/data/ml-latest-small/tags.csv"]
text = " ".join(source.read_text() for source in sources if source.is_file()) or pathlib.Path(re.__file__).read_text()
words.update(sorted(set(re.findall(r"\b[a-z]{2,}\b", text.lower())))[::5])
stemmer = snowballstemmer.stemmer("porter")
(here / "porter-stems.tsv").write_text("".join(f"{word}\t{stemmer.stemWord(word)}\n" for word in sorted(words)))
