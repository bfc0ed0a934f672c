from dataclasses import dataclass

CENTS = {"EUR": 2, "USD": 2, "CHF": 2, "JPY": 0, "TND": 3}


class NotMoney(ValueError):
    pass


@dataclass(frozen=True, order=True)
class Money:
    currency: str
    units: int

    def __str__(self):
        places = CENTS[self.currency]
        sign, digits = "-" * (self.units < 0), str(abs(self.units)).rjust(places + 1, "0")
        whole, fraction = digits[: len(digits) - places], digits[len(digits) - places :]
        return f"{sign}{whole}{'.' + fraction if places else ''} {self.currency}"

    def split(self, count):
        """The last part gets what is left over."""
        if count < 1:
            raise ValueError(f"count must be 1 or more, not {count}")
        size, more = divmod(self.units, count)
        return [Money(self.currency, size + (number < more)) for number in range(count)]


def parse(text, currency="EUR", *, point="."):
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
