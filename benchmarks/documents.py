"""A document of two pages, warm in one process; 500 one-page receipts through two real workers.

Other programs on the machine slow it down: the load is printed beside the figures.
"""

import os
import statistics
import subprocess
import sys
import time
from typing import Any

from celery import current_app
from django.db import connections

from coop.documents import domain, rendering
from coop.documents.enums import State
from coop.documents.models import Document, File
from launch.process import wait_until
from tests.documents.live import Worker, empty_queue, state_of, worker
from tests.documents.support import frozen
from tests.support import people
from tests.support.database import RealDatabase

RECEIPTS = int(os.environ.get("BENCH_RECEIPTS", "500"))
DRAWN = 20
PARAGRAPH = (
    "En Ciudad Evita, a los 11 días del mes de marzo de 2026, en el Galpón 2, convocada para las 18:00, no "
    "habiéndose reunido la mitad más uno, se constituye siendo las 19:05, transcurrida una hora, con 31 "
    "asociados/as sobre un padrón de 68, según folio 12 del Registro de Asistencia. "
)
MINUTES: dict[str, Any] = {
    "text": "Se lee la convocatoria resuelta por acta de Consejo N.º 41.",
    "paragraphs": [PARAGRAPH * 2] * 8,
    "tables": [
        {
            "title": "Cómo se votó",
            "columns": ["Moción", "Sí", "No", "Abstención"],
            "rows": [[f"{n}. Compra de la prensa usada de Cañuelas", "31", "12", "4"] for n in range(1, 13)],
        }
    ],
    "signers": ["Élida Quiroga", "Ramón Ñancucheo", "Omar Águila", "Irma Zapata"],
}
RECEIPT: dict[str, Any] = {
    "text": "Recibo de retribución · octubre de 2026",
    "paragraphs": ["Ñancucheo, Ramón · CUIL 20-12345678-6 · sección Hornos"],
    "tables": [
        {
            "title": "Octubre de 2026",
            "columns": ["Concepto", "Horas", "Importe"],
            "rows": [
                ["Horas trabajadas", "152,00", "$ 1.339.880,00"],
                ["Horas por enfermedad", "8,00", "$ 70.520,00"],
                ["Adelanto del 15/10", "", "− $ 100.000,00"],
                ["En mano", "", "$ 1.310.400,00"],
            ],
        }
    ],
    "signers": ["Ñancucheo, Ramón"],
}


def run(database: RealDatabase) -> None:
    people.make_cooperative()
    member = people.make_members()[0]
    minutes = frozen(member, facts=MINUTES, title="Asamblea ordinaria del 11 de marzo de 2026")
    warm(minutes)
    receipts(database, frozen(member, key="2", title="Recibos de octubre", parts=[RECEIPT] * RECEIPTS))


def warm(document: Document) -> None:
    taken, worked = [], []
    for _ in range(DRAWN + 1):
        begun, used = time.perf_counter(), time.process_time()
        content = rendering.draw(document, [document.facts])
        taken.append((time.perf_counter() - begun) * 1000)
        worked.append((time.process_time() - used) * 1000)
    _, pages = rendering.bind(document, [content])
    print(
        f"{pages} pages, {len(content) / 1024:.0f} KB: first {taken[0]:.0f} ms, then median "
        f"{statistics.median(taken[1:]):.0f} ms ({statistics.median(worked[1:]):.0f} ms of processor), "
        f"load {os.getloadavg()[0]:.1f}"
    )


def receipts(database: RealDatabase, document: Document) -> None:
    # The document before was drawn here; its row waits in the queue and is made first.
    empty_queue()
    Document.objects.exclude(pk=document.pk).update(state=State.FAILED, reason="crashed")
    most: dict[int, int] = {}
    with worker(database, concurrency=2, beat=False) as running:
        begun = time.perf_counter()
        current_app.send_task("coop.documents.tasks.sweep")
        domain.enqueue(list(document.parts.values_list("pk", flat=True)))

        def made() -> bool:
            weigh(running, most)
            return state_of(document) in (State.READY, State.FAILED)

        if not wait_until(made, seconds=300, every=0.1) or state_of(document) == State.FAILED:
            sys.exit(running.said())
        seconds = time.perf_counter() - begun
    file = File.objects.get(document=document)
    parts = document.parts.count()
    memory = ", ".join(f"{kilobytes / 1024:.0f} MB" for kilobytes in most.values())
    print(
        f"{file.pages} receipts in {parts} parts of {domain.PER_PART}: {seconds:.1f} s, "
        f"{file.size / 1024:.0f} KB, most memory of each process "
        f"{memory}, load {os.getloadavg()[0]:.1f}"
    )
    connections["default"].close()


def weigh(running: Worker, most: dict[int, int]) -> None:
    """The most resident memory of the parent and its children so far, in KB."""
    for pid in [running.process.pid, *running.children()]:
        said = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True).stdout
        most[pid] = max(most.get(pid, 0), int(said or 0))
