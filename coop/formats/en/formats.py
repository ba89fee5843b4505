"""English as the same cooperative reads it: the day before the month, hours as in Spanish."""

DATE_FORMAT = "j F Y"
MONTH_DAY_FORMAT = "j\u00a0M"
YEAR_MONTH_FORMAT = "F Y"
SHORT_DATE_FORMAT = "j M Y"
TIME_FORMAT = "G:i"
DATETIME_FORMAT = "D j M Y, G:i"
SHORT_DATETIME_FORMAT = "j M Y G:i"
FIRST_DAY_OF_WEEK = 1
# Django's English would read 5/12 as the twelfth of May.
DATE_INPUT_FORMATS = ["%d/%m/%Y", "%d/%m/%y"]
DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
