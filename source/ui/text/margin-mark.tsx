import {useSurroundings} from '../surroundings.js';
import {spacing} from '../theme.js';
import {span} from './line.js';
import {Lines} from './lines.js';

/** The margin before a text, with the mark of what has the scroll keys in its first row. */
export const MarginMark = ({isMarked}: {isMarked: boolean}) => {
	const {symbols} = useSurroundings();
	return (
		<Lines
			lines={isMarked ? [[span(symbols.here, 'strong')]] : []}
			room={{columns: spacing.margin, rows: 1}}
		/>
	);
};
