Recline.start()
