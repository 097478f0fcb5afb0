"""An embedded FileMaker Data API server, for the demo and the tests.

Begin at `server.FileMakerServer`. Beneath it: `listener` (HTTP), `api` (addresses, accounts,
faults), `record_calls` and `layout_view` (what the calls do), `parameters` (what they say),
`found_set` over `find_match`, `find_ordered`, `collation` and `find_grammar` (finding), `sessions`,
`tables` and `values` (live data), `document` over `json_document` (the data it begins with),
`answers` (envelopes and error codes), `faults` and `journal` (what tests switch and read).
"""
