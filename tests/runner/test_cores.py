from __future__ import annotations

import asyncio

from harness.runner.cores import Cores


def test_a_model_and_its_graders_within_the_cores_are_no_crowd() -> None:
    async def script() -> None:
        cores = Cores(2, lambda: 5.0)
        async with cores.model(1), cores.grader():
            assert not cores.crowded_since(4.0)
        assert not cores.crowded_since(0.0)

    asyncio.run(script())


def test_more_threads_than_cores_are_a_crowd_then_and_for_what_began_before_it_ended() -> None:
    async def script() -> None:
        now = 10.0
        cores = Cores(2, lambda: now)
        async with cores.model(2):
            async with cores.grader():
                assert cores.crowded_since(now)
                now = 12.0
            assert cores.crowded_since(11.0), "it was still computing beside the grader"
            assert not cores.crowded_since(13.0)

    asyncio.run(script())


def test_graders_make_room_for_a_model_but_one_may_always_work() -> None:
    async def script() -> None:
        cores = Cores(4)
        inside, most = 0, 0

        async def grade() -> None:
            nonlocal inside, most
            async with cores.grader():
                inside += 1
                most = max(most, inside)
                await asyncio.sleep(0.001)
                inside -= 1

        async with cores.model(2):
            await asyncio.gather(*(grade() for _ in range(8)))
        assert most == 2
        most = 0
        async with cores.model(4):
            await asyncio.gather(*(grade() for _ in range(3)))
        assert most == 1
        most = 0
        await asyncio.gather(*(grade() for _ in range(8)))
        assert most == 4

    asyncio.run(script())
