"""As Spanish writes them: names of days and months in lower case, hours without a leading zero."""

DATE_FORMAT = r"j \d\e F \d\e Y"
MONTH_DAY_FORMAT = "j\u00a0b"
YEAR_MONTH_FORMAT = r"F \d\e Y"
SHORT_DATE_FORMAT = "d/m/Y"
TIME_FORMAT = "G:i"
DATETIME_FORMAT = "D j b Y, G:i"
SHORT_DATETIME_FORMAT = "d/m/Y G:i"
FIRST_DAY_OF_WEEK = 1
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "."
NUMBER_GROUPING = 3
