"""The lists by FastAPI and NumPy."""

from fastapi import FastAPI

from .factors import of_environment

app = FastAPI()
factors = of_environment()


@app.get("/recommend/{user}")
async def recommend(user: str):
    return factors.recommend(user)
