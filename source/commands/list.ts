import {shippedNames} from '../storage/workshop-files.js';
import {openWorkshop} from './open-workshop.js';
import type {Command} from './options.js';
import {printJson, printLine} from './print.js';

/** `list`: the workshops at hand. */
export const list: Command = async (_parameters, {json}) => {
	const workshops = shippedNames().map(name => {
		const {id, title, minutes, chapters} = openWorkshop(name, null).workshop;
		return {id, title, minutes, chapters: chapters.map(chapter => ({id: chapter.id, title: chapter.title}))};
	});
	if (json) {
		printJson({workshops});
		return 0;
	}
	for (const {id, title, minutes, chapters} of workshops) {
		printLine(`${id}  ${title}, about ${minutes} minutes`);
		for (const [index, chapter] of chapters.entries())
			printLine(`  ${index + 1}. ${chapter.title} (${chapter.id})`);
	}
	return 0;
};
