"""Values of Qt's enumerations as plain numbers, for what is set before the first paint.

The first touch of ``PySide6.QtCore.Qt`` builds its 95 enumerations (14 to 19 ms), and so does each
call that takes or gives one of them. Qt's own properties take the number as well:
``widget.setProperty("focusPolicy", NO_FOCUS)``. Whatever runs only later names the enumeration, as
``QtCore.Qt.Key.Key_Escape``. A test compares each number with Qt's.
"""

# focusPolicy
NO_FOCUS = 0
TAB_FOCUS = 0x1
# textFormat
PLAIN_TEXT = 0
# QFontMetrics.size(): measure as a button does, with its "&" taken for a sign
SHOW_MNEMONIC = 0x800
# the flags of drawText, as QPainter takes them
HIDE_MNEMONIC = 0x8000
WORD_WRAP = 0x1000
LEFT_IN_THE_MIDDLE = 0x1 | 0x80
# inputMethodHints, to be added up
HIDDEN_TEXT = 0x1
SENSITIVE_DATA = 0x2
NO_AUTO_UPPERCASE = 0x4
NO_PREDICTIVE_TEXT = 0x40
