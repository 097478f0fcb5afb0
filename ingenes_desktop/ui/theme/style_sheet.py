"""The one style sheet, written from the tokens. Small, since it is parsed before the first paint."""

from ingenes_desktop.ui.theme.tokens import Colors, Radius, Size, Space, Type


def style_sheet(c: Colors, scale: float = 1.0) -> str:
    """The rules for one scheme, at ``scale`` times the plain size of text.

    A widget chooses its looks by its dynamic property ``role``.
    """

    def px(size: float) -> str:
        return f"{round(size * scale)}px"

    # Less the edges, which are as thin at every size of text.
    control, focused = (f"{round(Size.TARGET * scale) - edges}px" for edges in (2, 6))
    body, label, small = px(Type.BODY), px(Type.LABEL), px(Type.SMALL)
    return f"""
QLabel {{ color: {c.text}; font-size: {body}; }}
QLabel[role="title"] {{ font-size: {px(Type.TITLE)}; font-weight: 600; }}
QLabel[role="label"] {{ font-size: {label}; font-weight: 600; }}
QLabel[role="muted"] {{ color: {c.text_muted}; }}
QLabel[role="name"] {{ color: {c.text_muted}; font-size: {small}; }}
QLabel[role="hint"] {{ color: {c.text_muted}; font-size: {small}; }}
QLabel[role="error"] {{ color: {c.error}; font-size: {small}; }}
QLabel[role="bar-error"] {{ color: {c.error}; font-size: {label}; }}
QLabel[role="bar-notice"] {{ color: {c.notice}; font-size: {label}; }}
QLabel[role="wordmark"] {{ color: {c.on_aside}; font-size: {px(Type.WORDMARK)}; font-weight: 600; }}
QLabel[role="aside"] {{ color: {c.on_aside}; font-size: {label}; }}
QLabel[role="aside-current"] {{ color: {c.on_aside}; font-size: {label}; font-weight: 600; }}
QLabel[role="aside-muted"] {{ color: {c.on_aside_muted}; font-size: {label}; }}
QLabel[role="aside-small"] {{ color: {c.on_aside_muted}; font-size: {small}; }}
QLineEdit {{
  background: {c.field}; color: {c.text}; border: 1px solid {c.field_border}; font-size: {body};
  border-radius: {Radius.CONTROL}px; padding: 0 11px; min-height: {control}; max-height: {control};
  selection-background-color: {c.selection}; selection-color: {c.on_selection};
}}
QLineEdit:hover {{ border-color: {c.text_muted}; }}
QLineEdit[refused="true"] {{ border-color: {c.error}; }}
QLineEdit:focus {{
  border: 3px solid {c.accent}; padding: 0 9px; min-height: {focused}; max-height: {focused};
}}
QLineEdit[refused="true"]:focus {{ border-color: {c.error}; }}
QPushButton {{
  min-height: {control}; max-height: {control}; padding: 0 18px; font-weight: 600; font-size: {body};
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
  min-height: {px(Size.CHOICE - 2)}; max-height: 999px;
}}
QPushButton[role="choice"]:hover {{ border-color: {c.accent}; background: {c.notice_ground}; }}
QPushButton[role="choice"][waiting="true"] {{ border-color: {c.line}; background: {c.surface}; }}
QPushButton[role="link"] {{
  background: transparent; color: {c.link}; border: 1px solid transparent; text-align: left;
  padding: 0 {Space.SMALL}px;
}}
QPushButton[role="link"]:hover {{ text-decoration: underline; }}
QPushButton[role="link"][waiting="true"] {{ color: {c.text_muted}; text-decoration: none; }}
QPushButton[role="aside-link"] {{
  background: transparent; color: {c.on_aside_muted}; border: 1px solid transparent; font-weight: 400;
  font-size: {label}; padding: 0 24px 0 {Space.SMALL}px;
}}
QPushButton[role="aside-link"]:hover {{ color: {c.on_aside}; }}
QPushButton[role="row"] {{ border: 0; padding: 0; min-height: 0; max-height: {Size.ANY}px; }}
QPushButton[role="icon"] {{ background: transparent; border: 1px solid transparent; padding: 0; }}
QMenu {{
  background: {c.surface}; color: {c.text}; border: 1px solid {c.field_border}; padding: {Space.HAIR}px;
  font-size: {body};
}}
QMenu::item {{ padding: 11px 24px 11px 12px; border-radius: {Radius.SMALL}px; }}
QMenu::icon {{ padding-left: 10px; }}
QMenu::indicator {{ width: 0; }}
QMenu::item:selected {{ background: {c.selection}; color: {c.on_selection}; }}
QToolTip {{
  background: {c.surface}; color: {c.text}; border: 1px solid {c.field_border}; padding: 5px 8px;
  font-size: {small};
}}
QScrollBar:vertical {{ background: transparent; width: 14px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 14px; margin: 0; }}
QScrollBar::handle {{ background: {c.field_border}; border-radius: 3px; margin: 4px; }}
QScrollBar::handle:vertical {{ min-height: {Size.TARGET}px; }}
QScrollBar::handle:horizontal {{ min-width: {Size.TARGET}px; }}
QScrollBar::handle:hover {{ background: {c.text_muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""
