from layers import from_environment, merge

layer = from_environment(
    {
        "APP_DB__POOL__SIZE": "3",
        "APP_NAME": " 'a b' ",
        "APP_": "x",
        "APPLE": "y",
        "app_low": "z",
        "APP_ON": "true",
    },
    "APP",
)
emit(layer.name)
emit(layer.values)
emit(from_environment({"APP_DB__PORT": "1", "APP_DB": "x"}, "APP").values)
emit(from_environment({"A_B_TAGS": "[a, b]", "A_B__C": "1"}, "A_B").values)
emit(from_environment({}, "APP").values)
