"""Reading relationships, layouts, scripts and accounts from a data file."""

from collections.abc import Mapping

from ingenes_desktop.demo.filemaker.document_tables import MOST_CHARACTERS, flag
from ingenes_desktop.demo.filemaker.json_document import Node
from ingenes_desktop.demo.filemaker.relationships import RelationshipGraph
from ingenes_desktop.demo.filemaker.schema import (
    DIVIDER,
    Account,
    Layout,
    LayoutFolder,
    Portal,
    Relationship,
    Script,
    ScriptFolder,
    SortStep,
    Table,
)
from ingenes_desktop.demo.filemaker.values import Result

_MOST_RELATIONSHIPS = 500
_MOST_ON_LAYOUT = 1000
_MOST_PORTALS = 50
_MOST_ROWS = 10_000
_MOST_IN_FOLDER = 2000
_DEEPEST_FOLDER = 10
_MOST_ACCOUNTS = 100
_MOST_MATCHES = 10
_MOST_SORTS = 10


def read_relationships(
    node: Node, tables: Mapping[str, Table], graph: RelationshipGraph
) -> dict[str, Relationship]:
    """The relationships, added to a graph that has the tables."""
    relationships: dict[str, Relationship] = {}
    for each in node.items(most=_MOST_RELATIONSHIPS):
        relationship = _relationship(each, tables, graph)
        name = each.get("name")
        if relationship.name in relationships:
            raise name.wrong(f"{relationship.name!r} is there twice")
        known = graph.table_of(relationship.name)
        if known not in (None, relationship.table):
            raise name.wrong(f"is an occurrence of the table {known!r}")
        if graph.path(relationship.origin, relationship.name) is not None:
            raise name.wrong("closes a circle of relationships; use an occurrence of another name")
        graph.add(relationship)
        relationships[relationship.name] = relationship
    return relationships


def _relationship(node: Node, tables: Mapping[str, Table], graph: RelationshipGraph) -> Relationship:
    node.only("name", "table", "from", "match", "allowCreate", "allowDelete", "cascadeDelete", "sort")
    name = node.get("name").name()
    if DIVIDER in name:
        raise node.get("name").wrong(f"must not have {DIVIDER}")
    table = tables.get(node.get("table").words())
    if table is None:
        raise node.get("table").wrong("there is no such table")
    origin_table = graph.table_of(node.get("from").words())
    if origin_table is None:
        raise node.get("from").wrong("there is no such table or relationship before this one")
    match: list[tuple[str, str]] = []
    for pair in node.get("match").items(least=1, most=_MOST_MATCHES):
        ours, theirs = pair.items(least=2, most=2)
        ours_field = _field(ours, tables[origin_table], may_be_global=True)
        match.append((ours_field, _field(theirs, table)))
    return Relationship(
        name=name,
        table=table.name,
        origin=node.get("from").words(),
        match=tuple(match),
        allow_create=flag(node, "allowCreate"),
        allow_delete=flag(node, "allowDelete"),
        cascade_delete=flag(node, "cascadeDelete"),
        sort=_sort(node, table),
    )


def _field(node: Node, table: Table, *, may_be_global: bool = False) -> str:
    field = table.fields.get(node.words())
    if field is None:
        raise node.wrong(f"the table {table.name!r} has no such field")
    if field.result is Result.CONTAINER:
        raise node.wrong("a container field cannot be compared")
    if field.is_global and not may_be_global:
        raise node.wrong("a global field is the same in all records")
    return field.name


def _sort(node: Node, table: Table) -> tuple[SortStep, ...]:
    steps = node.find("sort")
    return tuple(_sort_step(each, table) for each in (steps.items(most=_MOST_SORTS) if steps else ()))


def _sort_step(node: Node, table: Table) -> SortStep:
    node.only("field", "descending")
    return SortStep(_field(node.get("field"), table), flag(node, "descending"))


class LayoutReader:
    """Reads the layouts of a database whose tables and relationships are known."""

    def __init__(self, tables: Mapping[str, Table], graph: RelationshipGraph) -> None:
        self._tables = tables
        self._graph = graph
        self.layouts: dict[str, Layout] = {}

    def tree(self, node: Node, depth: int = 0) -> tuple[Layout | LayoutFolder, ...]:
        """Layouts and folders as they are listed; `layouts` has the layouts by name then."""
        if depth > _DEEPEST_FOLDER:
            raise node.wrong("folders are nested too deeply")
        return tuple(self._entry(each, depth) for each in node.items(most=_MOST_IN_FOLDER))

    def _entry(self, node: Node, depth: int) -> Layout | LayoutFolder:
        if flag(node, "isFolder"):
            node.only("name", "isFolder", "layouts")
            return LayoutFolder(node.get("name").name(), self.tree(node.get("layouts"), depth + 1))
        layout = self._layout(node)
        if layout.name in self.layouts:
            raise node.get("name").wrong(f"{layout.name!r} is there twice")
        self.layouts[layout.name] = layout
        return layout

    def _layout(self, node: Node) -> Layout:
        node.only("name", "isFolder", "table", "fields", "portals")
        table = self._tables.get(node.get("table").words())
        if table is None:
            raise node.get("table").wrong("there is no such table")
        fields, portals = node.find("fields"), node.find("portals")
        return Layout(
            name=node.get("name").name(),
            table=table.name,
            fields=self._fields(fields, table) if fields else tuple(table.fields),
            portals=self._portals(portals, table) if portals else (),
        )

    def _fields(self, node: Node, table: Table) -> tuple[str, ...]:
        names: list[str] = []
        for each in node.items(most=_MOST_ON_LAYOUT):
            occurrence, divider, name = each.words().rpartition(DIVIDER)
            if not divider:
                there = name in table.fields
            else:
                there = occurrence != table.name and name in self._related(each, occurrence, table).fields
            if not there:
                raise each.wrong(f"the table {occurrence or table.name!r} has no such field")
            if each.value in names:
                raise each.wrong("stands twice on the layout")
            names.append(each.words())
        return tuple(names)

    def _related(self, node: Node, occurrence: str, table: Table, start: str = "") -> Table:
        related = self._graph.table_of(occurrence)
        if related is None or not self._graph.path(start or table.name, occurrence):
            raise node.wrong(f"{occurrence!r} is not related to {start or table.name!r}")
        return self._tables[related]

    def _portals(self, node: Node, table: Table) -> tuple[Portal, ...]:
        portals: dict[str, Portal] = {}
        for each in node.items(most=_MOST_PORTALS):
            portal = self._portal(each, table)
            if portal.key in portals:
                raise each.wrong(f"the layout has a portal {portal.key!r} already; give it a 'name'")
            portals[portal.key] = portal
        return tuple(portals.values())

    def _portal(self, node: Node, table: Table) -> Portal:
        node.only("name", "occurrence", "fields", "rows", "scroll", "sort")
        name, rows = node.find("name"), node.find("rows")
        related = self._related(node.get("occurrence"), node.get("occurrence").words(), table)
        occurrence = node.get("occurrence").words()
        fields: list[str] = []
        for each in node.get("fields").items(least=1, most=_MOST_ON_LAYOUT):
            field = self._row_field(each, occurrence, related)
            if field in fields:
                raise each.wrong("stands twice in the portal")
            fields.append(field)
        return Portal(
            occurrence=occurrence,
            fields=tuple(fields),
            rows=rows.count(least=1, most=_MOST_ROWS) if rows else 1,
            scrolls=flag(node, "scroll"),
            name=name.name() if name else "",
            sort=_sort(node, related),
        )

    def _row_field(self, node: Node, occurrence: str, table: Table) -> str:
        """The qualified name of a field in a portal's rows."""
        of, divider, name = node.words().rpartition(DIVIDER)
        there = self._related(node, of, table, start=occurrence) if divider and of != occurrence else table
        if name not in there.fields:
            raise node.wrong(f"the table {there.name!r} has no such field")
        return f"{of or occurrence}{DIVIDER}{name}"


class ScriptReader:
    """Reads the scripts of a database."""

    def __init__(self) -> None:
        self._names: set[str] = set()

    def tree(self, node: Node, depth: int = 0) -> tuple[Script | ScriptFolder, ...]:
        """Scripts and folders as they are listed."""
        if depth > _DEEPEST_FOLDER:
            raise node.wrong("folders are nested too deeply")
        return tuple(self._entry(each, depth) for each in node.items(most=_MOST_IN_FOLDER))

    def _entry(self, node: Node, depth: int) -> Script | ScriptFolder:
        if flag(node, "isFolder"):
            node.only("name", "isFolder", "scripts")
            return ScriptFolder(node.get("name").name(), self.tree(node.get("scripts"), depth + 1))
        node.only("name", "isFolder", "result", "error", "returnsParameter")
        result, error = node.find("result"), node.find("error")
        script = Script(
            name=node.get("name").name(),
            result=result.text_of(MOST_CHARACTERS) if result else "",
            error=error.count(most=99_999) if error else 0,
            returns_parameter=flag(node, "returnsParameter"),
        )
        if script.name in self._names:
            raise node.get("name").wrong(f"{script.name!r} is there twice")
        self._names.add(script.name)
        return script


def read_accounts(node: Node) -> dict[str, Account]:
    """The accounts of a database."""
    accounts: dict[str, Account] = {}
    for each in node.items(most=_MOST_ACCOUNTS):
        each.only("name", "password", "dataApi")
        name = each.get("name").name()
        if ":" in name:
            raise each.get("name").wrong("must not have a colon")
        if name in accounts:
            raise each.get("name").wrong(f"{name!r} is there twice")
        password = each.get("password").text_of(1000)
        accounts[name] = Account(name, password, flag(each, "dataApi", otherwise=True))
    return accounts
