"""An embedded FileMaker Data API server, for the demo and the tests.

Begin at `server.FileMakerServer`. Its rooms, from the outside in:

- HTTP: `listener`; `api` (what a request meets on its way), `addresses` (which call it is),
  `accounts` and `sessions` (who may), `answers` (envelopes, error codes and their HTTP status).
- Calls: `database_calls` (which room does what), `scripts`, `global_fields`, `container_calls`,
  `record_calls` over `record_writes`, `data_entry` and `record_answers`; `layout_metadata`;
  `parameters` (what a call says) and `caller` (what it knows of its session).
- Finding: `found_set` over `find_match`, `find_ordered`, `find_grammar` and `collation`.
- Data: `layout_view`, `portals`, `related` and `relationships`, `field_names`; `tables` and `values`
  (live); `schema` (what a data file describes), read by `document` over `document_tables`,
  `document_layouts` and `json_document`.
- For tests and for the demo: `faults` and `fault_switches` (what can go wrong), `journal` (what
  happened).
"""
