from retries import RetryQueue


def test_waits_grow_from_the_time_of_the_failure():
    queue = RetryQueue(4, 10)
    queue.put("a", 0)
    assert queue.take(5) == "a"
    assert queue.failed("a", 5) is True
    assert queue.take(14) is None
    assert queue.take(15) == "a"
    queue.failed("a", 20)
    assert queue.take(39) is None
    assert queue.take(40) == "a"


def test_given_up_after_the_last_attempt():
    queue = RetryQueue(2, 1)
    queue.put("a", 0)
    queue.take(0)
    assert queue.failed("a", 0) is True
    assert queue.take(1) == "a"
    assert queue.failed("a", 1) is False
    assert queue.given_up == ["a"]
    assert queue.take(99) is None


def test_a_job_may_come_again_once_it_is_done():
    queue = RetryQueue(1, 1)
    queue.put("a", 0)
    try:
        queue.put("a", 0)
        raise AssertionError("twice")
    except ValueError:
        pass
    queue.take(0)
    queue.done("a")
    queue.put("a", 3)
    assert queue.take(3) == "a"


def test_equal_times_in_the_order_in_which_they_were_set():
    queue = RetryQueue(3, 2)
    queue.put("z", 2)
    queue.put("b", 0)
    queue.take(0)
    queue.failed("b", 0)
    queue.put("a", 2)
    assert [queue.take(2) for _ in range(4)] == ["z", "b", "a", None]


def test_only_running_jobs_end():
    queue = RetryQueue(3, 2)
    queue.put("a", 0)
    for end in (queue.done, lambda job: queue.failed(job, 0)):
        try:
            end("a")
            raise AssertionError("not running")
        except KeyError:
            pass
