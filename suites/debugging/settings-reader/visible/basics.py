from settings.store import Settings

settings = Settings().load("cache = no\nport = 8080\nroot = /opt/app\nlogs = ${root}/logs\n")
emit(settings.get("port", 80))
emit(settings.text("logs"))
emit(settings.get("cache", True))
