// Styles that every element and page shares: buttons, fields, focus, cards, text. Adopted by the document and by each shadow root.
// Values come from tokens.css; layout of one element belongs to that element.
import { css } from "lit";

export const base = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  [hidden] {
    display: none !important;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  ol {
    margin: 0;
    padding: 0;
  }
  h1 {
    font-size: var(--size-hero);
    line-height: 1.28;
    font-weight: 600;
    text-wrap: balance;
  }
  h2 {
    font-size: var(--size-title);
    line-height: 1.28;
    font-weight: 600;
  }
  h3 {
    font-size: var(--size-body);
    line-height: 1.5;
    font-weight: 600;
  }
  ul,
  ol {
    list-style: none;
  }
  a {
    color: var(--info);
    text-underline-offset: 2px;
  }
  code,
  pre,
  kbd {
    font-family: var(--mono);
    font-variant-ligatures: none;
  }
  .muted {
    color: var(--text-muted);
  }
  .small {
    font-size: var(--size-small);
    line-height: 1.43;
  }
  .meta {
    font-size: var(--size-meta);
    line-height: 1.54;
  }
  :focus-visible {
    outline: 3px solid var(--focus);
    outline-offset: 2px;
  }
  .hide-visually {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .icon {
    flex: none;
    width: 20px;
    height: 20px;
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
    pointer-events: none;
  }

  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-height: var(--target);
    min-width: var(--target);
    padding: 6px 14px;
    border: var(--border) solid var(--edge);
    border-radius: var(--radius-button);
    background: var(--raised);
    color: var(--text);
    font: 600 var(--size-body) / 1.25 var(--font);
    text-decoration: none;
    text-align: center;
    cursor: pointer;
    user-select: none;
    touch-action: manipulation;
    transition: background-color var(--press);
  }
  .button:hover {
    background: var(--sunken);
  }
  .button:active {
    transform: translateY(1px);
  }
  .button.primary {
    background: var(--primary);
    border-color: var(--primary);
    color: var(--on-primary);
  }
  .button.primary:hover {
    background: var(--primary-hover);
    border-color: var(--primary-hover);
  }
  .button.quiet {
    border-color: var(--quiet-edge);
    background: transparent;
  }
  .button.quiet:hover,
  .button.quiet[aria-expanded="true"],
  .button.quiet[aria-pressed="true"] {
    background: var(--sunken);
  }
  .button.real {
    border-color: var(--real);
    border-width: 2px;
  }
  .button.big {
    min-height: 48px;
    padding: 10px 20px;
  }
  .button.square {
    padding: 0;
    width: var(--target);
    flex: none;
  }
  .button[aria-disabled="true"],
  .button:disabled {
    color: var(--text-muted);
    background: var(--sunken);
    border-color: var(--line);
    cursor: default;
  }
  .button.quiet[aria-disabled="true"] {
    background: none;
    border-color: var(--quiet-edge);
    opacity: 0.55;
  }

  .field {
    min-height: var(--target);
    padding: 6px 10px;
    border: var(--border) solid var(--edge);
    border-radius: var(--radius-field);
    background: var(--surface);
    color: var(--text);
    font: 400 var(--size-body) / 1.5 var(--font);
    max-width: 100%;
  }
  .card {
    border: var(--border) solid var(--line);
    border-radius: var(--radius-card);
    background: var(--surface);
  }
  .notice {
    display: flex;
    gap: 12px;
    align-items: flex-start;
    padding: 10px 14px;
    border: var(--border) solid var(--info);
    border-radius: var(--radius-button);
    background: var(--info-soft);
  }
  .notice.warn {
    border-color: var(--warn);
    background: var(--warn-soft);
  }
  .notice.bad {
    border-color: var(--bad);
    background: var(--bad-soft);
  }
  .notice.ok {
    border-color: var(--ok);
    background: var(--ok-soft);
  }
  input[type="range"],
  input[type="checkbox"],
  input[type="radio"] {
    accent-color: var(--primary);
  }
  input[type="checkbox"],
  input[type="radio"] {
    width: 20px;
    height: 20px;
    margin: 0;
    flex: none;
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      transition-duration: 80ms !important;
      animation-duration: 80ms !important;
      animation-iteration-count: 1 !important;
    }
  }
  @media (forced-colors: active) {
    .button,
    .card,
    .notice {
      border: 1px solid ButtonText;
    }
  }
`;
