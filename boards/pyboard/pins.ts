// The pins of the pyboard v1.1's STM32F405RG as its firmware names them: alternate functions (STM32F405xx datasheet DS8626, table 9,
// those whose peripherals the firmware has), converter channels, names on the board. PYBV11's pins.csv has the names.

/** "1:TIM2_CH1": alternate function 1 connects channel 1 of TIM2. In the datasheet's order. */
export const alternates: Readonly<Record<string, string>> = {
  A0: "1:TIM2_CH1 1:TIM2_ETR 2:TIM5_CH1 3:TIM8_ETR 7:USART2_CTS 8:UART4_TX",
  A1: "1:TIM2_CH2 2:TIM5_CH2 7:USART2_RTS 8:UART4_RX",
  A2: "1:TIM2_CH3 2:TIM5_CH3 3:TIM9_CH1 7:USART2_TX",
  A3: "1:TIM2_CH4 2:TIM5_CH4 3:TIM9_CH2 7:USART2_RX",
  A4: "5:SPI1_NSS 7:USART2_CK",
  A5: "1:TIM2_CH1 1:TIM2_ETR 3:TIM8_CH1N 5:SPI1_SCK",
  A6: "1:TIM1_BKIN 2:TIM3_CH1 3:TIM8_BKIN 5:SPI1_MISO 9:TIM13_CH1",
  A7: "1:TIM1_CH1N 2:TIM3_CH2 3:TIM8_CH1N 5:SPI1_MOSI 9:TIM14_CH1",
  A8: "1:TIM1_CH1 7:USART1_CK",
  A9: "1:TIM1_CH2 7:USART1_TX",
  A10: "1:TIM1_CH3 7:USART1_RX",
  A11: "1:TIM1_CH4 7:USART1_CTS 9:CAN1_RX",
  A12: "1:TIM1_ETR 7:USART1_RTS 9:CAN1_TX",
  A13: "",
  A14: "",
  A15: "1:TIM2_CH1 1:TIM2_ETR 5:SPI1_NSS",
  B0: "1:TIM1_CH2N 2:TIM3_CH3 3:TIM8_CH2N",
  B1: "1:TIM1_CH3N 2:TIM3_CH4 3:TIM8_CH3N",
  B2: "",
  B3: "1:TIM2_CH2 5:SPI1_SCK",
  B4: "2:TIM3_CH1 5:SPI1_MISO",
  B5: "2:TIM3_CH2 4:I2C1_SMBA 5:SPI1_MOSI 9:CAN2_RX",
  B6: "2:TIM4_CH1 4:I2C1_SCL 7:USART1_TX 9:CAN2_TX",
  B7: "2:TIM4_CH2 4:I2C1_SDA 7:USART1_RX",
  B8: "2:TIM4_CH3 3:TIM10_CH1 4:I2C1_SCL 9:CAN1_RX",
  B9: "2:TIM4_CH4 3:TIM11_CH1 4:I2C1_SDA 5:SPI2_NSS 5:I2S2_WS 9:CAN1_TX",
  B10: "1:TIM2_CH3 4:I2C2_SCL 5:SPI2_SCK 5:I2S2_CK 7:USART3_TX",
  B11: "1:TIM2_CH4 4:I2C2_SDA 7:USART3_RX",
  B12: "1:TIM1_BKIN 4:I2C2_SMBA 5:SPI2_NSS 5:I2S2_WS 7:USART3_CK 9:CAN2_RX",
  B13: "1:TIM1_CH1N 5:SPI2_SCK 5:I2S2_CK 7:USART3_CTS 9:CAN2_TX",
  B14: "1:TIM1_CH2N 3:TIM8_CH2N 5:SPI2_MISO 6:I2S2_SD 7:USART3_RTS 9:TIM12_CH1",
  B15: "1:TIM1_CH3N 3:TIM8_CH3N 5:SPI2_MOSI 5:I2S2_SD 9:TIM12_CH2",
  C0: "",
  C1: "",
  C2: "5:SPI2_MISO 6:I2S2_SD",
  C3: "5:SPI2_MOSI 5:I2S2_SD",
  C4: "",
  C5: "",
  C6: "2:TIM3_CH1 3:TIM8_CH1 5:I2S2_MCK 8:USART6_TX",
  C7: "2:TIM3_CH2 3:TIM8_CH2 8:USART6_RX",
  C8: "2:TIM3_CH3 3:TIM8_CH3 8:USART6_CK",
  C9: "2:TIM3_CH4 3:TIM8_CH4",
  C10: "7:USART3_TX 8:UART4_TX",
  C11: "7:USART3_RX 8:UART4_RX",
  C12: "7:USART3_CK",
  C13: "",
  D2: "2:TIM3_ETR",
};

/** Pins that reach no edge of the board, by their names on it. */
export const innerPins: Readonly<Record<string, string>> = {
  LED_RED: "A13",
  LED_GREEN: "A14",
  LED_YELLOW: "A15",
  LED_BLUE: "B4",
  MMA_INT: "B2",
  MMA_AVDD: "B5",
  SD_D0: "C8",
  SD_D1: "C9",
  SD_D2: "C10",
  SD_D3: "C11",
  SD_CMD: "D2",
  SD_CK: "C12",
  SD: "A8",
  USB_VBUS: "A9",
  USB_ID: "A10",
  USB_DM: "A11",
  USB_DP: "A12",
};

/** Second names of pins. */
export const otherNames: Readonly<Record<string, string>> = { SW: "X17", SD_SW: "SD" };

/** Converter channels by pin (DS8626 table 7, "ADC123_IN0" and so on). */
export const adcChannels: Readonly<Record<string, number>> = {
  ...Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`A${i}`, i])),
  B0: 8,
  B1: 9,
  ...Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`C${i}`, 10 + i])),
};

/** Where the peripherals' registers begin (RM0090, table 1). */
export const bases: Readonly<Record<string, number>> = {
  TIM1: 0x40010000,
  TIM2: 0x40000000,
  TIM3: 0x40000400,
  TIM4: 0x40000800,
  TIM5: 0x40000c00,
  TIM8: 0x40010400,
  TIM9: 0x40014000,
  TIM10: 0x40014400,
  TIM11: 0x40014800,
  TIM12: 0x40001800,
  TIM13: 0x40001c00,
  TIM14: 0x40002000,
  I2C1: 0x40005400,
  I2C2: 0x40005800,
  SPI1: 0x40013000,
  SPI2: 0x40003800,
  I2S2: 0x40003800,
  USART1: 0x40011000,
  USART2: 0x40004400,
  USART3: 0x40004800,
  UART4: 0x40004c00,
  USART6: 0x40011400,
  CAN1: 0x40006400,
  CAN2: 0x40006800,
};
const gpioBase = 0x40020000;
const gpioSize = 0x400;

export const portOf = (cpu: string): number => cpu.charCodeAt(0) - 65;
export const numberOf = (cpu: string): number => Number(cpu.slice(1));
export const gpioOf = (cpu: string): number => gpioBase + portOf(cpu) * gpioSize;
