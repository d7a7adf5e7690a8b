"""The lists by Flask and NumPy."""

from flask import Flask, jsonify

from .factors import of_environment

app = Flask(__name__)
factors = of_environment()


@app.get("/recommend/<user>")
def recommend(user: str):
    return jsonify(factors.recommend(user))
