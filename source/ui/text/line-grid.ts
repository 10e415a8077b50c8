import type {Symbols} from '../symbols.js';

/** Towards which neighbours a line leaves a cell. */
export const towards = {up: 1, down: 2, left: 4, right: 8};

/** A rectangle of characters in which lines meet. Counted from 0. */
export type LineGrid = {
	/** Adds to a cell. Lines of one `owner` join; those of others cross, or run on in one of them. */
	draw(row: number, column: number, sides: number, line: {owner: number; isLit: boolean}): void;
	/** Null where no line is. */
	cell(row: number, column: number): {text: string; isLit: boolean} | null;
};

const horizontal = towards.left | towards.right;

/** An empty grid. */
export const createLineGrid = ({graph}: Symbols): LineGrid => {
	const cells = new Map<string, Map<number, {sides: number; isLit: boolean}>>();
	return {
		draw(row, column, sides, {owner, isLit}) {
			const key = `${row} ${column}`;
			const owners = cells.get(key) ?? new Map();
			const before = owners.get(owner) ?? {sides: 0, isLit: false};
			owners.set(owner, {sides: before.sides | sides, isLit: before.isLit || isLit});
			cells.set(key, owners);
		},
		cell(row, column) {
			const lines = [...(cells.get(`${row} ${column}`)?.values() ?? [])];
			if (lines.length === 0) return null;
			// The one that bends or goes upright hides those that run across: nobody shall take it for a way back.
			const bent = lines.filter(({sides}) => sides !== horizontal);
			const shown = bent.length > 0 ? bent : lines;
			const sides = shown.reduce((all, line) => all | line.sides, 0);
			const glyphs = bent.length < lines.length ? graph.curves : graph.lines;
			return {text: glyphs[sides] ?? ' ', isLit: lines.some(({isLit}) => isLit)};
		},
	};
};
