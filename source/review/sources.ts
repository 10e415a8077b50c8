import type {ItemSource, ReviewItem} from './item.js';
import {drawBlank, drawRepairedTarget} from './kinds/blank.js';
import {drawCache} from './kinds/cache.js';
import {drawCopied} from './kinds/copied.js';
import {drawItem, type ItemDrawer} from './kinds/kind.js';
import {drawPorts} from './kinds/ports.js';
import {drawRepairedBase, drawRepairedStage} from './kinds/repair.js';
import {drawStages} from './kinds/stages.js';

/** The generators, by the kind that they draw. */
const drawers: Record<string, ItemDrawer> = {
	stages: drawStages('stages', 'buildkit'),
	blank: drawBlank('blank'),
	ports: drawPorts('ports'),
	copied: drawCopied('copied'),
	'repair-stage': drawRepairedStage('repair-stage'),
	cache: drawCache('cache'),
	'stages-legacy': drawStages('stages-legacy', 'legacy'),
	'repair-target': drawRepairedTarget('repair-target'),
	'repair-base': drawRepairedBase('repair-base'),
};

/** Items that this program makes from a seed, each with other names, ports, stages and bugs. */
export const generatedItems: ItemSource = {
	kinds: Object.keys(drawers),
	create(kind, seed) {
		const draw = drawers[kind];
		if (!draw) throw new RangeError(kind);
		return drawItem(draw, seed);
	},
};

/** Creates an item of a kind; null if none of the sources has it any more. */
export const createItem = (sources: readonly ItemSource[], kind: string, seed: number): ReviewItem | null =>
	sources.find(({kinds}) => kinds.includes(kind))?.create(kind, seed) ?? null;
