import {handOut} from './hub/hand-out.js';

const otherFolder = 'name another folder with `--keep <folder>`';

/** `why` is the end of a sentence, without its full stop. */
export const hub = {
	handOut,

	portInUse: (host: string, port: number) => ({
		reason: `Another program listens on port ${port} of ${host}.`,
		next: 'end that program, or choose another port with `--port <number>`',
	}),
	portNotAllowed: (port: number) => ({
		reason: `You are not allowed to listen on port ${port}.`,
		next: 'choose a port above 1023 with `--port <number>`',
	}),
	noSuchAddress: (host: string) => ({
		reason: `This machine does not have the address ${host}.`,
		next: 'name one of its own addresses with `--address <ip>`',
	}),
	cannotListen: (host: string, port: number, why: string) => ({
		reason: `The class can’t listen on port ${port} of ${host}: ${why}.`,
		next: 'choose another address with `--address <ip>`, or another port with `--port <number>`',
	}),

	classInFolder: (folder: string) => ({
		reason: `The folder ${folder} already holds a class.`,
		next: 'continue that class with `--resume`, or name another folder with `--keep <folder>`',
	}),
	nothingToResume: (folder: string) => ({
		reason: `There is no class in the folder ${folder}.`,
		next: 'name the folder of the class with `--keep <folder>`, or leave out `--resume` to start a new class',
	}),
	damagedClass: (file: string) => ({
		reason: `The file ${file} is damaged, so the class can’t be resumed.`,
		next: 'start a new class in another folder; `multistage-workshop class collect <folder>` still reads the results',
	}),
	openElsewhere: (folder: string) => ({
		reason: `Another copy of this program has the class in ${folder} open.`,
		next: 'close that copy first',
	}),
	cannotKeep: (folder: string, why: string) => ({
		reason: `The class can’t be kept in ${folder}: ${why}.`,
		next: otherFolder,
	}),
	notKept: (folder: string, why: string) =>
		`The class can’t be written to ${folder}: ${why}. The learners’ programs keep what is not saved, and this program tries again every 2 seconds.`,
	damagedLine: (file: string, line: number) => `Line ${line} of ${file} is damaged and was skipped.`,
	cutOffLine: (file: string) =>
		`The last line of ${file} was cut off. The learner’s program will send it again.`,

	emptyText: 'There is no text to send.',
	longText: (length: number, most: number) =>
		`The text has ${length} characters, and at most ${most} can be sent.`,
	classIsOver: 'The class is over.',
	/** What a board asks for, and the class or the pack does not have. */
	unknown: {
		seat: 'There is no such seat in this class.',
		workshop: (id: string) => `The pack does not contain the workshop ${id}.`,
		chapter: (id: string) => `The workshop has no chapter ${id}.`,
		step: (id: string) => `The workshop has no step ${id}.`,
		hint: (step: string, level: number) => `The step ${step} has no hint ${level}.`,
		fittingHint: (step: string, finding: string) => `The step ${step} has no hint for ${finding}.`,
		solution: (step: string) => `The step ${step} has no solution.`,
	},
};
