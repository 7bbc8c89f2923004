// The styles of the drawn micro:bit. Its colours are the board's own and stay in every theme.
import { css } from "lit";

export const boardStyles = css`
  :host {
    --gold: #d9b24a;
    display: block;
    position: relative;
    contain: layout style;
    perspective: 900px;
    forced-color-adjust: none;
    user-select: none;
    -webkit-user-select: none;
  }
  svg {
    display: block;
    width: 100%;
    height: 100%;
    overflow: visible;
    touch-action: manipulation;
    transform: rotateX(var(--lean-x, 0deg)) rotateY(var(--lean-y, 0deg));
  }
  /* What the board says, as words. */
  .caption {
    position: absolute;
    inset: auto 0 2%;
    width: fit-content;
    max-width: 92%;
    margin: 0 auto;
    padding: 4px 10px;
    border-radius: 6px;
    background: rgb(0 0 0 / 0.85);
    color: #fff;
    font: 600 var(--size-small, 0.875rem) / 1.4 var(--font, system-ui, sans-serif);
    text-align: center;
    overflow-wrap: anywhere;
    pointer-events: none;
  }
  .caption:empty {
    display: none;
  }
  .board {
    fill: url(#pcb);
    stroke: #6a766f;
    stroke-width: 0.22;
  }
  .shadow {
    fill: rgb(0 0 0 / 0.28);
  }
  .usb {
    fill: #aab1b5;
    stroke: #70777b;
    stroke-width: 0.2;
  }
  .gold > * {
    fill: url(#plating);
  }
  .stripe.a {
    fill: #19a97f;
  }
  .stripe.b {
    fill: #f2b23c;
  }
  .label-mark {
    fill: #f1f1ec;
    stroke: #f1f1ec;
    stroke-width: 0.6;
    stroke-linejoin: round;
  }
  text {
    font-family: var(--font, system-ui, sans-serif);
    pointer-events: none;
  }
  .label-letter {
    font-size: 2.5px;
    font-weight: 700;
    fill: #15181a;
    text-anchor: middle;
  }
  .pad-label {
    font-size: 1.9px;
    font-weight: 700;
    fill: #2b2208;
    text-anchor: middle;
  }
  .mic-hole {
    fill: #050606;
    stroke: var(--gold);
    stroke-width: 0.18;
  }
  .mic-light rect {
    fill: #8d9692;
  }
  .mic-light path {
    fill: none;
    stroke: #8d9692;
    stroke-width: 0.22;
    stroke-linecap: round;
  }
  .mic-light.is-on rect {
    fill: #ff5a4a;
  }
  .mic-light.is-on path {
    stroke: #ff5a4a;
  }
  .sound path {
    fill: none;
    stroke: #7ee0b8;
    stroke-width: 0.45;
    stroke-linecap: round;
    opacity: 0;
  }
  .sound.is-on path {
    opacity: 1;
  }
  .hit {
    fill: transparent;
    stroke: none;
  }
  .press {
    cursor: pointer;
    outline: none;
  }
  .press:focus-visible .hit {
    stroke: #15181a;
    stroke-width: 1.3;
    outline: none;
    fill: rgb(143 180 255 / 0.18);
    stroke: #8fb4ff;
    stroke-width: 0.55;
  }
  .touch-ring {
    fill: none;
    stroke: transparent;
    stroke-width: 0.7;
  }
  .press:hover .touch-ring {
    stroke: rgb(255 255 255 / 0.45);
  }
  .press:hover .button-body {
    stroke: #fff;
  }
  [aria-pressed="true"] .touch-ring {
    stroke: #7ee0b8;
  }
  @media (prefers-reduced-motion: no-preference) {
    svg {
      transition: transform var(--pop, 160ms) var(--ease, ease-out);
    }
    :host(.shaking) svg {
      animation: shake 120ms linear infinite alternate;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    svg {
      transform: none;
    }
  }
  @keyframes shake {
    from {
      translate: -1.2% 0;
    }
    to {
      translate: 1.2% 0;
    }
  }
`;
