"""Who is told what happens to jobs."""


class Events:
    def __init__(self):
        self._listeners = []

    def on(self, handlers):
        """Register handlers by topic: each is called with the details of every event of its topic.

        Returns a function that takes all of them off again.
        """
        added = []
        for topic, handler in handlers.items():

            def listener(event_topic, details):
                if event_topic == topic:
                    handler(**details)

            self._listeners.append(listener)
            added.append(listener)

        def off():
            self._listeners = [listener for listener in self._listeners if listener not in added]

        return off

    def tell(self, topic, **details):
        """Call every handler of the topic, in the order in which they were registered."""
        for listener in list(self._listeners):
            listener(topic, details)
