print("recline")
