import eventlog

emit([eventlog.write("login", "Ada came", user="ada"), eventlog.write("login", "Bo came", user="bo"), eventlog.write("error", "no disk")])
emit([event["text"] for event in eventlog.read("login")])
emit(eventlog.summary())
