from jobs.events import Events

heard = []


def hears(name):
    return lambda **details: heard.append([name, *details.values()])


events = Events()
off = events.on({topic: hears(topic) for topic in ("mail", "disk", "web")})
events.tell("mail", number=1)
events.tell("disk", number=2)
events.tell("web", number=3)
events.tell("else", number=4)
emit(heard)
heard.clear()
events.on({"mail": hears("second"), "web": hears("third")})
events.tell("mail", number=5)
off()
events.tell("mail", number=6)
events.tell("disk", number=7)
events.tell("web", number=8)
emit(heard)
