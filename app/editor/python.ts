// <by-python-editor>: Python text with CodeMirror 6. Loaded lazily. It shows `source`, sends `edit` with every new text, underlines what
// our own parser cannot read, and marks a line on request. Colours come from the design tokens, so themes need nothing here.
import { autocompletion, closeBrackets, closeBracketsKeymap, completeAnyWord } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { pythonLanguage } from "@codemirror/lang-python";
import {
  bracketMatching,
  HighlightStyle,
  indentOnInput,
  indentUnit,
  LanguageSupport,
  syntaxHighlighting,
} from "@codemirror/language";
import { linter, type Diagnostic } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { Annotation, Compartment, EditorState, StateEffect, StateField } from "@codemirror/state";
import {
  Decoration,
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  type DecorationSet,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { LitElement } from "lit";
import { msg, onLanguage } from "../i18n/i18n.ts";

/** What is wrong at which place of the text; offsets are UTF-16. */
export interface Fault {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const colours = HighlightStyle.define([
  {
    tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword, tags.definitionKeyword, tags.moduleKeyword],
    color: "var(--code-keyword)",
    fontWeight: "600",
  },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--code-string)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--code-number)" },
  { tag: tags.comment, color: "var(--code-comment)", fontStyle: "italic" },
  {
    tag: [tags.definition(tags.variableName), tags.function(tags.definition(tags.variableName)), tags.className],
    color: "var(--code-def)",
  },
  { tag: [tags.standard(tags.name), tags.self], color: "var(--code-builtin)" },
]);

const theme = EditorView.theme({
  "&": { height: "100%", background: "var(--surface)", color: "var(--text)", fontSize: "var(--code-size)" },
  "&.cm-focused": { outline: "3px solid var(--focus)", outlineOffset: "-3px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "var(--code-line)", fontVariantLigatures: "none", overflow: "auto" },
  ".cm-content": { padding: "8px 0 40vh", caretColor: "var(--text)" },
  ".cm-line": { padding: "0 12px 0 6px" },
  ".cm-gutters": { background: "var(--surface)", color: "var(--text-muted)", border: "0", paddingLeft: "4px" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "2.2em" },
  ".cm-activeLine, .cm-activeLineGutter": { background: "var(--code-active)" },
  ".cm-cursor": { borderLeft: "2px solid var(--text)" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground": { background: "var(--code-selection) !important" },
  ".cm-selectionMatch": { background: "var(--primary-soft)" },
  ".cm-matchingBracket": { background: "var(--primary-soft)", outline: "1px solid var(--primary)" },
  ".cm-error-line": { background: "var(--bad-soft)", boxShadow: "inset 3px 0 0 var(--bad)" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--bad)", textUnderlineOffset: "3px" },
  ".cm-tooltip": {
    background: "var(--raised)",
    color: "var(--text)",
    border: "1px solid var(--edge)",
    borderRadius: "var(--radius-field)",
    fontFamily: "var(--font)",
  },
  ".cm-tooltip-autocomplete > ul > li": { fontFamily: "var(--mono)", lineHeight: "1.6" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { background: "var(--primary)", color: "var(--on-primary)" },
  ".cm-diagnostic": { padding: "6px 10px", borderLeft: "4px solid var(--bad)" },
  ".cm-panels": { background: "var(--sunken)", color: "var(--text)" },
  ".cm-panels input, .cm-panels button": {
    font: "inherit",
    color: "inherit",
    background: "var(--raised)",
    border: "1px solid var(--edge)",
    borderRadius: "4px",
    backgroundImage: "none",
  },
});

const setMark = StateEffect.define<number | null>();
const markField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    for (const effect of transaction.effects) {
      if (!effect.is(setMark)) continue;
      const line = effect.value;
      if (line === null || line < 1 || line > transaction.state.doc.lines) return Decoration.none;
      return Decoration.set(Decoration.line({ class: "cm-error-line" }).range(transaction.state.doc.line(line).from));
    }
    return marks.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});
/** A text that came from outside is not sent back as an edit. */
const fromOutside = Annotation.define<boolean>();

export class ByPythonEditor extends LitElement {
  static override properties = {
    source: { attribute: false },
    label: {},
    readOnly: { type: Boolean },
    errorLine: { attribute: false },
    check: { attribute: false },
  };
  declare source: string;
  declare label: string;
  declare readOnly: boolean;
  /** A line to mark, from 1, or null. */
  declare errorLine: number | null;
  /** Finds faults in a text; null to check nothing. */
  declare check: ((source: string) => readonly Fault[]) | null;

  private view: EditorView | null = null;
  private readonly editable = new Compartment();
  private readonly labelled = new Compartment();
  private endLanguage: (() => void) | null = null;

  constructor() {
    super();
    this.source = "";
    this.label = "";
    this.readOnly = false;
    this.errorLine = null;
    this.check = null;
  }

  // CodeMirror adds its styles to the root it is in; the document's will do.
  protected override createRenderRoot(): this {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.style.display = "block";
    this.style.overflow = "hidden";
    this.endLanguage = onLanguage(() => this.requestUpdate());
    this.view = new EditorView({ parent: this, state: this.createState() });
  }

  override disconnectedCallback(): void {
    this.endLanguage?.();
    this.view?.destroy();
    this.view = null;
    super.disconnectedCallback();
  }

  override updated(changed: Map<string, unknown>): void {
    const { view } = this;
    if (!view) return;
    if (changed.has("source")) this.take(this.source);
    if (changed.has("errorLine")) view.dispatch({ effects: setMark.of(this.errorLine) });
    view.dispatch({
      effects: [this.editable.reconfigure(this.editing()), this.labelled.reconfigure(this.labels())],
    });
  }

  /** Puts the caret on a line (from 1) and shows it. */
  goTo(line: number): void {
    const { view } = this;
    if (!view || line < 1) return;
    const at = view.state.doc.line(Math.min(line, view.state.doc.lines));
    view.dispatch({ selection: { anchor: at.from + (at.text.length - at.text.trimStart().length) }, scrollIntoView: true });
    view.focus();
  }

  override focus(): void {
    this.view?.focus();
  }

  private createState(): EditorState {
    return EditorState.create({
      doc: this.source,
      extensions: [
        lineNumbers(),
        highlightSpecialChars(),
        history(),
        drawSelection(),
        EditorState.tabSize.of(4),
        indentUnit.of("    "),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        autocompletion({ override: [completeAnyWord] }),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        highlightSelectionMatches(),
        keymap.of([
          ...closeBracketsKeymap,
          ...defaultKeymap.filter(({ key }) => key !== "Mod-Enter"),
          ...searchKeymap,
          ...historyKeymap,
          indentWithTab,
        ]),
        new LanguageSupport(pythonLanguage),
        syntaxHighlighting(colours),
        linter(() => this.findFaults(), { delay: 400 }),
        markField,
        theme,
        this.editable.of(this.editing()),
        this.labelled.of(this.labels()),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged || update.transactions.some((transaction) => transaction.annotation(fromOutside))) return;
          const source = update.state.doc.toString();
          this.dispatchEvent(new CustomEvent("edit", { detail: source, bubbles: true, composed: true }));
        }),
      ],
    });
  }

  private editing() {
    return [EditorState.readOnly.of(this.readOnly), EditorView.editable.of(!this.readOnly)];
  }

  private labels() {
    return EditorView.contentAttributes.of({
      "aria-label": this.label,
      "aria-description": msg("editor.keys"),
      tabindex: "0",
      ...(this.readOnly ? { role: "textbox", "aria-readonly": "true" } : {}),
    });
  }

  private findFaults(): Diagnostic[] {
    const length = this.view?.state.doc.length ?? 0;
    const faults = this.check?.(this.view?.state.doc.toString() ?? "") ?? [];
    return faults.map(({ start, end, text }) => {
      const from = Math.min(start, length);
      return { from, to: Math.max(from, Math.min(end, length)), severity: "error", message: text };
    });
  }

  /** Replaces only what differs, so that the caret and the scroll position stay. */
  private take(source: string): void {
    const view = this.view!;
    const old = view.state.doc.toString();
    if (old === source) return;
    let from = 0;
    while (from < old.length && from < source.length && old[from] === source[from]) from++;
    let back = 0;
    while (back < old.length - from && back < source.length - from && old.at(-1 - back) === source.at(-1 - back)) back++;
    view.dispatch({
      changes: { from, to: old.length - back, insert: source.slice(from, source.length - back) },
      annotations: fromOutside.of(true),
    });
  }
}
customElements.define("by-python-editor", ByPythonEditor);
