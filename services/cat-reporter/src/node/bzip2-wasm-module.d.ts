declare module 'bzip2-wasm' {
  export default class BZip2 {
    init(): Promise<void>;
    compress(bytes: Uint8Array, blockSize: number, bytesMax: number): Uint8Array;
    decompress(bytes: Uint8Array, bytesMax: number): Uint8Array;
  }
}
