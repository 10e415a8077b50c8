from setuptools import setup

setup(
    name="report",
    version="1.0",
    py_modules=["report"],
    entry_points={"console_scripts": ["report=report:main"]},
)
