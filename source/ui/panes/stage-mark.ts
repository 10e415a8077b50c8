import {type Span, span} from '../text/line.js';
import type {Style} from '../theme.js';

const styles: Style[] = ['first-stage', 'second-stage', 'third-stage', 'fourth-stage'];
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** The letter and colour by which a stage is known beside its Dockerfile. `index`: from 0; after Z comes AA. */
export const stageMark = (index: number): Span => {
	const [style = 'plain'] = styles.slice(index % styles.length);
	return span(letter(index), style);
};

const letter = (index: number): string => {
	const [last = ''] = letters.slice(index % letters.length);
	return index < letters.length ? last : letter(Math.floor(index / letters.length) - 1) + last;
};
