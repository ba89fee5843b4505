"""Who goes where, best for all together: the Hungarian method. Pure, exact, the same every time."""

from collections.abc import Mapping, Sequence

NEVER = 10**18


def best(worth: Sequence[Mapping[int, int]]) -> list[int | None]:
    """Of each place, the candidate it gets, or None: together they are worth the most.

    `worth[place][candidate]` is a whole number over zero; a candidate who is missing there may not have that
    place. Nobody gets two places. An empty place is worth nothing. Places times places times candidates.
    """
    candidates = sorted({one for places in worth for one in places})
    rows, columns = len(worth), len(candidates) + len(worth)
    cost = [[-place.get(one, -NEVER) for one in candidates] + [0] * rows for place in worth]
    given = _least(cost, rows, columns)
    return [candidates[one] if one < len(candidates) else None for one in given]


def _least(cost: Sequence[Sequence[int]], rows: int, columns: int) -> list[int]:
    """The column of each row (columns are at least as many): the sum of their costs is least."""
    row_at = [0] * (columns + 1)
    potential, price = [0] * (rows + 1), [0] * (columns + 1)
    for row in range(1, rows + 1):
        row_at[0] = row
        came_from = _shortest(cost, row_at, potential, price, columns)
        column = came_from.pop()
        while column:
            before = came_from[column]
            row_at[column] = row_at[before]
            column = before
    found = [0] * rows
    for column in range(1, columns + 1):
        if row_at[column]:
            found[row_at[column] - 1] = column - 1
    return found


def _shortest(
    cost: Sequence[Sequence[int]],
    row_at: list[int],
    potential: list[int],
    price: list[int],
    columns: int,
) -> list[int]:
    """One more row finds its column: where each column was reached from, and, last, the free one."""
    far = 10 * NEVER
    least, used, came_from = [far] * (columns + 1), [False] * (columns + 1), [0] * (columns + 1)
    here = 0
    while True:
        used[here] = True
        row, step, there = row_at[here], far, 0
        line, base = cost[row - 1], potential[row]
        for column in range(1, columns + 1):
            if used[column]:
                continue
            reduced = line[column - 1] - base - price[column]
            if reduced < least[column]:
                least[column], came_from[column] = reduced, here
            if least[column] < step:
                step, there = least[column], column
        for column in range(columns + 1):
            if used[column]:
                potential[row_at[column]] += step
                price[column] -= step
            else:
                least[column] -= step
        here = there
        if not row_at[here]:
            return [*came_from, here]
