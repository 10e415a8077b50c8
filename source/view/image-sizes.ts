import prettyBytes from 'pretty-bytes';
import {messages} from '../messages/index.js';
import type {Comparison} from '../session/state.js';
import {widthOf} from '../text/width.js';
import {type Line, span} from './line.js';
import type {Symbols} from './symbols.js';

/** Compares images: each one's size as a number and a bar, and how size and ID differ from those of the first image. */
export const imageSizeLines = (comparison: Comparison, columns: number, symbols: Symbols): Line[] => {
	const say = messages.view.images;
	const [first] = comparison;
	const names = Math.max(...comparison.map(({image}) => widthOf(image)));
	const largest = Math.max(...comparison.map(({bytes}) => bytes ?? 0));
	// The bar gets the columns that the name, the number and the gaps leave.
	const barColumns = Math.max(4, Math.min(40, columns - names - 14));
	return comparison.flatMap((one): Line[] => {
		const name = span(one.image.padEnd(names), 'strong');
		if (one.id === null) return [[name, span(`  ${say.missing}`, 'muted')]];
		const bar = symbols.bar.repeat(Math.max(1, Math.round((one.bytes / largest) * barColumns)));
		const size = prettyBytes(one.bytes).padStart(9);
		const line: Line = [name, span(`  ${size}  `), span(bar, 'cached')];
		if (!first || one === first || first.id === null) return [line];
		const words = [
			compareSizes(one.bytes, first.bytes, first.image),
			one.id === first.id ? say.sameId : say.otherId,
		];
		return [line, [span(`  ${words.join(', ')}`)]];
	});
};

/** Sizes within 1 % count as about the same, because engines measure the same image differently. */
const compareSizes = (bytes: number, firstBytes: number, firstImage: string): string => {
	const say = messages.view.images;
	const ratio = bytes / firstBytes;
	if (ratio === 1) return say.sameSize;
	if (Math.abs(ratio - 1) <= 0.01) return say.aboutSameSize;
	return ratio > 1 ? say.larger(ratio, firstImage) : say.smaller(1 / ratio, firstImage);
};
