declare module 'seek-bzip' {
  const seekBzip: {
    decode(input: Uint8Array, output: { writeByte(byte: number): void }): void;
  };
  export default seekBzip;
}
