import {type OpenWorkshop, openWorkshop} from '../app/open-workshop.js';
import {printJson, printLine} from '../app/output.js';
import {messages} from '../messages/index.js';
import {hashFolder} from '../storage/hashes.js';
import {shippedNames} from '../storage/workshop-files.js';
import type {Command} from './flags.js';
import {describeWorkshopActions, listWorkshopCommands} from './trust.js';

/**
 * `list`: prints the shipped workshops. `list <folder>`: prints one, with its hash and everything that it would run.
 * Runs nothing.
 */
export const list: Command = async ([name], {json}) => {
	const workshops = (name === undefined ? shippedNames() : [name]).map(one => openWorkshop(one, null));
	if (json)
		printJson({
			workshops: workshops.map(open => ({
				...toOutline(open),
				...(name && {hash: hashFolder(open.folder).hash, ...listWorkshopCommands(open)}),
			})),
		});
	else for (const open of workshops) printOutline(open, name !== undefined);
	return 0;
};

const toOutline = ({workshop: {id, title, minutes, chapters}}: OpenWorkshop) => ({
	id,
	title,
	minutes,
	chapters: chapters.map(chapter => ({id: chapter.id, title: chapter.title})),
});

const printOutline = (open: OpenWorkshop, isWhole: boolean): void => {
	const {id, title, minutes, chapters} = toOutline(open);
	printLine(messages.commands.list.workshop(id, title, minutes));
	for (const [index, chapter] of chapters.entries())
		printLine(`  ${index + 1}. ${chapter.title} (${chapter.id})`);
	if (isWhole) for (const line of describeWorkshopActions(open, hashFolder(open.folder))) printLine(line);
};
