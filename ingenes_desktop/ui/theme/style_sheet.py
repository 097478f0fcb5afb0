"""The one style sheet, written from the tokens. Small, since it is parsed before the first paint."""

from ingenes_desktop.ui.theme.tokens import Colors, Radius, Size, Space, Type


def style_sheet(c: Colors) -> str:
    """The rules for one scheme. A widget chooses its looks by its dynamic property ``role``."""
    control = Size.CONTROL - 2
    return f"""
QLabel {{ color: {c.text}; }}
QLabel[role="title"] {{ font-size: {Type.TITLE}px; font-weight: 600; }}
QLabel[role="label"] {{ font-size: {Type.LABEL}px; font-weight: 600; }}
QLabel[role="muted"] {{ color: {c.text_muted}; }}
QLabel[role="name"] {{ color: {c.text_muted}; font-size: {Type.LABEL}px; }}
QLabel[role="hint"] {{ color: {c.text_muted}; font-size: {Type.SMALL}px; }}
QLabel[role="error"] {{ color: {c.error}; font-size: {Type.SMALL}px; }}
QLabel[role="bar-error"] {{ color: {c.error}; font-size: {Type.LABEL}px; }}
QLabel[role="bar-notice"] {{ color: {c.notice}; font-size: {Type.LABEL}px; }}
QLabel[role="wordmark"] {{ color: {c.on_aside}; font-size: {Type.WORDMARK}px; font-weight: 600; }}
QLabel[role="aside"] {{ color: {c.on_aside}; font-size: {Type.LABEL}px; }}
QLabel[role="aside-current"] {{ color: {c.on_aside}; font-size: {Type.LABEL}px; font-weight: 600; }}
QLabel[role="aside-muted"] {{ color: {c.on_aside_muted}; font-size: {Type.LABEL}px; }}
QLabel[role="aside-small"] {{ color: {c.on_aside_muted}; font-size: {Type.SMALL}px; }}
QLineEdit {{
  background: {c.field}; color: {c.text}; border: 1px solid {c.field_border};
  border-radius: {Radius.CONTROL}px; padding: 0 11px; min-height: {control}px; max-height: {control}px;
  selection-background-color: {c.selection}; selection-color: {c.on_selection};
}}
QLineEdit:hover {{ border-color: {c.text_muted}; }}
QLineEdit[refused="true"] {{ border-color: {c.error}; }}
QLineEdit:focus {{
  border: 2px solid {c.accent}; padding: 0 10px; min-height: {control - 2}px; max-height: {control - 2}px;
}}
QLineEdit[refused="true"]:focus {{ border-color: {c.error}; }}
QPushButton {{
  min-height: {control}px; max-height: {control}px; padding: 0 18px; font-weight: 600;
  border-radius: {Radius.CONTROL}px; outline: none;
}}
QPushButton[role="primary"] {{
  background: {c.accent}; color: {c.on_accent}; border: 1px solid {c.accent};
}}
QPushButton[role="primary"]:hover {{ background: {c.accent_hover}; border-color: {c.accent_hover}; }}
QPushButton[role="primary"]:pressed {{ background: {c.accent_pressed}; border-color: {c.accent_pressed}; }}
QPushButton[role="quiet"] {{
  background: {c.surface}; color: {c.text}; border: 1px solid {c.field_border};
}}
QPushButton[role="quiet"]:hover {{ border-color: {c.text}; }}
QPushButton[role="quiet"]:pressed {{ background: {c.ground}; }}
QPushButton[role="choice"] {{
  background: {c.surface}; color: {c.text}; border: 1px solid {c.field_border};
  min-height: {Size.CHOICE - 2}px; max-height: {Size.CHOICE - 2}px;
}}
QPushButton[role="choice"]:hover {{ border-color: {c.accent}; background: {c.notice_ground}; }}
QPushButton[role="choice"][waiting="true"] {{ border-color: {c.line}; background: {c.surface}; }}
QPushButton[role="link"] {{
  background: transparent; color: {c.link}; border: 1px solid transparent;
  border-radius: {Radius.SMALL}px; padding: 0 1px; min-height: 26px; max-height: 26px;
}}
QPushButton[role="link"]:hover {{ text-decoration: underline; }}
QPushButton[role="link"][waiting="true"] {{ color: {c.text_muted}; text-decoration: none; }}
QPushButton[role="aside-link"] {{
  background: transparent; color: {c.on_aside_muted}; border: 1px solid transparent; font-weight: 400;
  font-size: {Type.LABEL}px; padding: 0 20px 0 4px; min-height: 26px; max-height: 26px;
}}
QPushButton[role="aside-link"]:hover {{ color: {c.on_aside}; }}
QToolButton {{ background: transparent; border: none; border-radius: {Radius.SMALL}px; }}
QToolButton:hover {{ background: {c.notice_ground}; }}
QToolButton:focus {{ border: 2px solid {c.accent}; }}
QMenu {{
  background: {c.surface}; color: {c.text}; border: 1px solid {c.line}; padding: {Space.HAIR}px;
}}
QMenu::item {{ padding: 7px 20px 7px 28px; border-radius: {Radius.SMALL}px; }}
QMenu::item:selected {{ background: {c.notice_ground}; color: {c.text}; }}
QToolTip {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.line}; padding: 5px 8px; }}
"""
