import {hashFolder} from '../storage/hash-folder.js';
import {shippedNames} from '../storage/workshop-files.js';
import {type OpenWorkshop, openWorkshop} from './open-workshop.js';
import type {Command} from './options.js';
import {printJson, printLine} from './print.js';
import {commandsOf, trustLines} from './trust/trust-lines.js';

/** `list`: the workshops at hand. `list <folder>`: that one, with its hash and all that it would run. Runs nothing. */
export const list: Command = async ([name], {json}) => {
	const workshops = (name === undefined ? shippedNames() : [name]).map(one => openWorkshop(one, null));
	if (json)
		printJson({
			workshops: workshops.map(open => ({
				...outlineOf(open),
				...(name && {hash: hashOf(open).hash, ...commandsOf(open)}),
			})),
		});
	else for (const open of workshops) printOutline(open, name !== undefined);
	return 0;
};

const hashOf = ({folder}: OpenWorkshop) => hashFolder(folder);

const outlineOf = ({workshop: {id, title, minutes, chapters}}: OpenWorkshop) => ({
	id,
	title,
	minutes,
	chapters: chapters.map(chapter => ({id: chapter.id, title: chapter.title})),
});

const printOutline = (open: OpenWorkshop, isWhole: boolean): void => {
	const {id, title, minutes, chapters} = outlineOf(open);
	printLine(`${id}  ${title}, about ${minutes} minutes`);
	for (const [index, chapter] of chapters.entries())
		printLine(`  ${index + 1}. ${chapter.title} (${chapter.id})`);
	if (isWhole) for (const line of trustLines(open, hashOf(open))) printLine(line);
};
