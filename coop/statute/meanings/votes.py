"""What the rules of assemblies and votes mean."""

from collections.abc import Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.statute.meanings.words import ASSEMBLIES, BARRED, Line, Section, days, listed, months, part, wait
from coop.statute.rules import AssemblyRules, Call, Majority, Rules

Words = Mapping[str, str | Promise]


def call_words(call: Call) -> str:
    """How many make a quorum: "la mitad más uno del padrón", "con quienes estén"."""
    if call.numerator == 0:
        if call.plus <= 1:
            return _("con quienes estén")
        return _("con %(n)d presentes por lo menos") % {"n": call.plus}
    told = {"part": part(call.numerator, call.denominator), "n": call.plus}
    if call.plus == 0:
        return _("%(part)s del padrón") % told
    if call.plus == 1:
        return _("%(part)s más uno del padrón") % told
    return _("%(part)s más %(n)d del padrón") % told


def calls_sentence(rule: AssemblyRules) -> str:
    """All calls of a kind of assembly in one sentence."""
    first, *later = rule.calls
    parts = [_("A la hora: %(quorum)s") % {"quorum": call_words(first)}]
    parts += [
        _("%(wait)s: %(quorum)s") % {"wait": wait(call.wait_minutes), "quorum": call_words(call)}
        for call in later
    ]
    return f"{'; '.join(parts)}."


def majority_sentence(rule: Majority) -> str:
    """What carries a motion, with its source."""
    told = {
        "part": part(rule.numerator, rule.denominator),
        "numerator": rule.numerator,
        "denominator": rule.denominator,
        "source": rule.source,
    }
    sentence = _of_votes_cast(rule) if rule.base == "cast" else _of_people(rule)
    # "de" and "el" are one word in Spanish; no other language writes them so.
    return (sentence % told).replace(" de el ", " del ")


def _without_source(rule: Majority) -> str:
    """Where the source stands beside it in a column of its own."""
    return majority_sentence(rule).replace(f" ({rule.source})", "")


def _of_votes_cast(rule: Majority) -> str:
    if rule.abstention == "counted":
        if rule.strict:
            return _(
                "Se aprueba con más de %(part)s de los votos; "
                "quien se abstiene cuenta en el total (%(source)s)."
            )
        return _(
            "Se aprueba con al menos %(part)s de los votos; "
            "quien se abstiene cuenta en el total (%(source)s)."
        )
    if rule.is_half:
        return _("Se aprueba con más SÍ que NO; quien se abstiene no cuenta (%(source)s).")
    if rule.strict:
        return _(
            "Se aprueba con más de %(numerator)s/%(denominator)s de los votos SÍ y NO; "
            "quien se abstiene no cuenta (%(source)s)."
        )
    return _(
        "Se aprueba con al menos %(numerator)s/%(denominator)s de los votos SÍ y NO; "
        "quien se abstiene no cuenta (%(source)s)."
    )


def _of_people(rule: Majority) -> str:
    if rule.base == "roll":
        if rule.strict:
            return _("Se aprueba con el SÍ de más de %(part)s de todo el registro (%(source)s).")
        return _("Se aprueba con el SÍ de al menos %(part)s de todo el registro (%(source)s).")
    if rule.abstention == "counted":
        if rule.strict:
            return _(
                "Se aprueba con el SÍ de más de %(part)s de quienes están presentes, voten o no (%(source)s)."
            )
        return _(
            "Se aprueba con el SÍ de al menos %(part)s de quienes están presentes, voten o no (%(source)s)."
        )
    if rule.strict:
        return _(
            "Se aprueba con el SÍ de más de %(part)s de quienes están presentes; "
            "quien se abstiene no cuenta (%(source)s)."
        )
    return _(
        "Se aprueba con el SÍ de al menos %(part)s de quienes están presentes; "
        "quien se abstiene no cuenta (%(source)s)."
    )


def way_sentence(rule: Majority) -> str:
    """By name or in secret, and where."""
    if rule.secret and rule.in_person:
        return _("El voto es secreto y solo en persona.")
    if rule.secret:
        return _("El voto es secreto.")
    if rule.in_person:
        return _("El voto es nominal y solo en persona.")
    return _("El voto es nominal: cada asociado/a ve quién votó qué.")


def conditions(rule: Majority) -> Iterator[str]:
    """What a vote by name, as it is held here, does not give by itself; each with its source."""
    told = {"source": rule.source}
    if rule.secret:
        yield _("Para este asunto el estatuto pide voto secreto (%(source)s).") % told
    if rule.in_person:
        yield _("Para este asunto el estatuto pide que se vote en persona (%(source)s).") % told


def conflict_sentence(rules: Rules, matter: str) -> str:
    """Who has voice and no vote on that matter, with the source; "" when it names nobody."""
    rule = rules.conflicts
    if matter not in rule.matters or not rule.barred:
        return ""
    told = {"who": listed(BARRED, rule.barred), "source": rule.source}
    return _("En este asunto tienen voz y no votan: %(who)s (%(source)s).") % told


def assembly_sections(rules: Rules) -> Iterator[Section]:
    for kind, title in ASSEMBLIES.items():
        rule = rules.assembly(kind)
        yield Section(f"assemblies.{kind}", str(title), tuple(_assembly(kind, rule)))
    yield Section("requests", _("Pedir una asamblea"), tuple(_requests(rules)))
    yield Section("agenda", _("Sumar un punto al orden del día"), (_agenda(rules),))
    yield Section("session", _("Cuándo se reúne y cuánto puede durar"), tuple(_session(rules)))


def _assembly(kind: str, rule: AssemblyRules) -> Iterator[Line]:
    yield Line(f"assemblies.{kind}.calls", _("Quórum"), calls_sentence(rule), rule.source)
    notice = (
        _("La convocatoria sale %(days)s antes por lo menos.") % {"days": days(rule.notice_days)}
        if rule.notice_days
        else _("Sin plazo mínimo: se convoca cuando hace falta.")
    )
    yield Line(f"assemblies.{kind}.notice_days", _("Convocatoria"), notice, rule.notice_source)


def _requests(rules: Rules) -> Iterator[Line]:
    rule = rules.requests
    told = {"part": part(rule.numerator, rule.denominator), "days": days(rule.held_within_days)}
    sentence = _("Si la pide %(part)s de los asociados/as, se hace dentro de %(days)s.") % told
    yield Line("requests.numerator", _("A pedido"), sentence, rule.source)
    later = (
        _("El consejo la puede dejar para una ordinaria que caiga dentro de %(days)s.")
        % {"days": days(rule.defer_days)}
        if rule.defer_days
        else _("El consejo no la puede dejar para más adelante.")
    )
    yield Line("requests.defer_days", _("Si ya viene una ordinaria"), later, rule.source)


def _agenda(rules: Rules) -> Line:
    rule = rules.agenda
    told = {"part": part(rule.numerator, rule.denominator)}
    sentence = _("Si lo pide %(part)s de los asociados/as antes de la convocatoria, el punto va.") % told
    return Line("agenda.numerator", _("A pedido"), sentence, rule.source)


def _session(rules: Rules) -> Iterator[Line]:
    rule = rules.session
    told = {"months": months(rule.ordinary_within_months)}
    sentence = _("La ordinaria se hace dentro de %(months)s del cierre del ejercicio.") % told
    yield Line("session.ordinary_within_months", _("Ordinaria"), sentence, rule.source)
    told = {"days": days(rule.adjournment_days)}
    sentence = _("Puede pasar a cuarto intermedio, %(days)s en total.") % told
    yield Line("session.adjournment_days", _("Cuarto intermedio"), sentence, rule.source)


def vote_sections(rules: Rules, matters: Words) -> Iterator[Section]:
    for matter, label in matters.items():
        rule = rules.majority(matter)
        told = str(label)
        lines = (
            Line(f"majorities.{matter}", _("Mayoría"), _without_source(rule), rule.source),
            Line(f"majorities.{matter}.secret", _("Cómo se vota"), way_sentence(rule), rule.source),
        )
        yield Section(f"majorities.{matter}", told[:1].upper() + told[1:], lines)
    yield Section("proxies", _("Votar por otra persona"), tuple(_proxies(rules)))
    yield Section("conflicts", _("Quién no vota su propio asunto"), (_conflicts(rules, matters),))


def _proxies(rules: Rules) -> Iterator[Line]:
    rule = rules.proxies
    if not rule.allowed:
        yield Line("proxies.allowed", _("Poder"), _("Nadie vota por otra persona."), rule.source)
        return
    sentence = ngettext(
        "Se puede votar por otra persona, por %(n)d como máximo.",
        "Se puede votar por otras personas, por %(n)d como máximo.",
        rule.most_principals,
    )
    yield Line("proxies.allowed", _("Poder"), sentence % {"n": rule.most_principals}, rule.source)
    told = {"who": listed(BARRED, rule.barred)}
    yield Line("proxies.barred", _("Quién no puede"), _("No representa: %(who)s.") % told, rule.source)


def _conflicts(rules: Rules, matters: Words) -> Line:
    rule = rules.conflicts
    told = {
        "who": listed(BARRED, rule.barred),
        "what": "; ".join(str(matters.get(one, one)) for one in rule.matters),
    }
    sentence = _("Con voz y sin voto: %(who)s. En estos asuntos: %(what)s.") % told
    return Line("conflicts.matters", _("Voz sin voto"), sentence, rule.source)


def minutes_sections(rules: Rules) -> Iterator[Section]:
    signers = ngettext(
        "Firman presidencia, secretaría y %(n)d asociado/a que nombra la asamblea.",
        "Firman presidencia, secretaría y %(n)d asociados/as que nombra la asamblea.",
        rules.minutes.signers_named,
    ) % {"n": rules.minutes.signers_named}
    line = Line("minutes.signers_named", _("Firmas"), signers, rules.minutes.source)
    yield Section("minutes", _("Actas"), (line,))
    rule = rules.deadlines
    copy = (
        _("La copia va al organismo de control dentro de %(days)s.") % {"days": days(rule.copy_days)}
        if rule.copy_days
        else _("No se manda copia a ningún organismo.")
    )
    challenge = _("Una decisión se puede impugnar dentro de %(days)s.") % {"days": days(rule.challenge_days)}
    lines = (
        Line("deadlines.copy_days", _("Copia del acta"), copy, rule.source),
        Line("deadlines.challenge_days", _("Impugnar"), challenge, rule.source),
    )
    yield Section("deadlines", _("Plazos"), lines)
