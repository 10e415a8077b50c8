"""Stands in for a download that needs a token; it uses no network."""
import json
import os
import sys

places = ["/run/secrets/token", "token.txt"]
place = next((one for one in places if os.path.exists(one)), None)
if place is None or not open(place).read().strip():
    sys.exit("no token: looked in " + " and ".join(places))
with open("feed.json", "w") as feed:
    json.dump({"news": ["Docker builds in stages"]}, feed)
print("1 entry fetched")
