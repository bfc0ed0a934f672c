from dataclasses import dataclass


@dataclass
class Order:
    number: int
    order_id: str
    side: str
    price: int
    amount: int


class Book:
    def __init__(self):
        self._orders = {}
        self._count = 0

    def add(self, order_id, side, price, amount):
        if side not in ("buy", "sell"):
            raise ValueError(f"no side: {side}")
        if price < 1 or amount < 1:
            raise ValueError("price and amount must be above 0")
        if order_id in self._orders:
            raise ValueError(f"{order_id} is open")
        self._count += 1
        self._orders[order_id] = Order(self._count, order_id, side, price, amount)

    def cancel(self, order_id):
        order = self._orders.pop(order_id, None)
        return order.amount if order else 0

    def match(self):
        trades = []
        while True:
            buy, sell = self._best("buy"), self._best("sell")
            if buy is None or sell is None or buy.price < sell.price:
                return trades
            amount = min(buy.amount, sell.amount)
            price = min(buy, sell, key=lambda order: order.number).price
            trades.append((buy.order_id, sell.order_id, price, amount))
            for order in (buy, sell):
                order.amount -= amount
                if order.amount == 0:
                    del self._orders[order.order_id]

    def depth(self, side):
        amounts = {}
        for order in self._of(side):
            amounts[order.price] = amounts.get(order.price, 0) + order.amount
        return list(amounts.items())

    def _best(self, side):
        return next(iter(self._of(side)), None)

    def _of(self, side):
        orders = [order for order in self._orders.values() if order.side == side]
        sign = -1 if side == "buy" else 1
        return sorted(orders, key=lambda order: (sign * order.price, order.number))
