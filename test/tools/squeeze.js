import {brotliCompressSync, constants} from 'node:zlib';

/**
 * The code of a function that returns texts of ASCII characters, which are rarely used. They are compressed together, as
 * the package is smaller for it, and decompressed at the first call. In Base64, as a single other character would double
 * the memory of the whole program.
 */
export const squeeze = texts => {
	const all = texts.join('\0');
	const params = {[constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: all.length};
	const packed = brotliCompressSync(all, {params}).toString('base64');
	return `(() => {
		let texts = null;
		return () => (texts ??= __builtin('node:zlib')
			.brotliDecompressSync(Buffer.from('${packed}', 'base64')).toString('latin1').split('\\0'));
	})()`;
};
