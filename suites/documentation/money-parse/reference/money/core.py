"""Amounts of money as people write them."""

from dataclasses import dataclass

# The decimals of each currency that is known.
CENTS = {"EUR": 2, "USD": 2, "CHF": 2, "JPY": 0, "TND": 3}


class NotMoney(ValueError):
    """A text that is no amount of money, with the reason."""


@dataclass(frozen=True, order=True)
class Money:
    """An amount in the smallest unit of its currency.

    Attributes:
        currency: Its code, such as ``EUR``.
        units: How many of its smallest units: cents of ``EUR``, yen of ``JPY``.
    """

    currency: str
    units: int

    def __str__(self):
        """The amount with all its decimals and the code behind it.

        >>> str(Money("EUR", -5)), str(Money("JPY", 1200))
        ('-0.05 EUR', '1200 JPY')
        """
        places = CENTS[self.currency]
        sign, digits = "-" * (self.units < 0), str(abs(self.units)).rjust(places + 1, "0")
        whole, fraction = digits[: len(digits) - places], digits[len(digits) - places :]
        return f"{sign}{whole}{'.' + fraction if places else ''} {self.currency}"

    def split(self, count):
        """The amount in equal parts that add up to it; the first ones have one unit more where it does not divide.

        >>> [part.units for part in Money("EUR", 100).split(3)]
        [34, 33, 33]

        Args:
            count: How many parts, 1 or more.

        Raises:
            ValueError: If ``count`` is less than 1.
        """
        if count < 1:
            raise ValueError(f"count must be 1 or more, not {count}")
        size, more = divmod(self.units, count)
        return [Money(self.currency, size + (number < more)) for number in range(count)]


def parse(text, currency="EUR", *, point="."):
    """Read an amount.

    >>> parse("1'234.5 CHF")
    Money(currency='CHF', units=123450)

    Args:
        text: Digits with or without a decimal point, in groups or not, with a sign before them or not, and a currency
            before or behind it or not. Groups are separated by ``'``, a blank, or whichever of ``.`` and ``,`` is not
            the decimal point; how many digits they have does not matter.
        currency: That of a text which names none. Defaults to "EUR".
        point: The decimal point, ``"."`` or ``","``. Defaults to ".".

    Raises:
        NotMoney: If the text is no amount, its currency is not known, or it has more decimals than its currency.
    """
    words = text.split()
    codes = [word for word in words if word.isalpha()]
    if len(codes) > 1 or (codes and codes[0] not in (words[0], words[-1])):
        raise NotMoney(f"{text!r} has a currency where none can be")
    code = codes[0].upper() if codes else currency
    if code not in CENTS:
        raise NotMoney(f"{code} is not known")
    number = "".join(word for word in words if not word.isalpha())
    for separator in {"'", ".", ","} - {point}:
        number = number.replace(separator, "")
    whole, _, fraction = number.lstrip("+-").partition(point)
    if not (whole.isdecimal() and (fraction.isdecimal() or not fraction)) or len(number.lstrip("+-")) < len(number) - 1:
        raise NotMoney(f"{text!r} is no amount")
    if len(fraction) > CENTS[code]:
        raise NotMoney(f"{code} has {CENTS[code]} decimals, not {len(fraction)}")
    units = int(whole + fraction.ljust(CENTS[code], "0"))
    return Money(code, -units if number.startswith("-") else units)
