import {formatCount} from './wording.js';

/** The report of what was done and learnt. */
export const report = {
	/** Of these sentences, as HTML names it. */
	language: 'en',
	pageTitle: (workshop: string) => `${workshop}: what was done and learnt`,
	/** `at`: the day and time, UTC. */
	made: (at: string) => `Made ${at} UTC`,
	headings: {
		builds: 'What the builds took',
		steps: 'What you did and learnt',
		next: 'What to do next',
	},
	stepColumns: ['Step', 'Result', 'Command', 'Time', 'What came of it'],
	barColumns: {
		stages: ['Stage', 'Status', 'Began', 'Time'],
		instructions: ['Instruction', 'Status', 'Began', 'Time'],
	},

	/** For a report of something that is wrong. */
	machine: {
		title: 'multistage-workshop on this machine',
		headings: {machine: 'Machine', findings: 'What the doctor found'},
		columns: ['What', 'Value'],
		findingColumns: ['Finding', 'Result', 'Reason', 'What to do'],
		program: 'Program',
		system: 'System',
		terminal: 'Terminal',
		noTerminal: 'none',
		isSet: 'is set',
	},

	commandsTook: (time: string) => `The commands of this session took ${time} together.`,
	noCommandRan: 'No command ran in this session.',
	commandStillRuns: 'One command was still running when this was written.',
	dockerEngine: (version: string) => `Docker engine ${version}.`,
	podman: (version: string) => `Podman ${version}.`,
	predicted: {right: 'Predicted right.', wrong: 'Predicted wrong.'},
	passedEarlier: 'Passed in an earlier session.',

	comparison: (dockerfile: string, target: string) => `Both builders: ${dockerfile}, target ${target}`,
	/** The titles of two steps whose builds are compared. */
	beside: (earlier: string, step: string) => `“${earlier}” and “${step}”, by instruction`,
	/** `builder`: or the step of the build. */
	build: (builder: string, time: string) => `${builder}, ${time}`,
	/** By a builder that is not known. */
	unknownBuild: (time: string) => `Build, ${time}`,

	stepsToGo: (count: number, title: string) =>
		`${formatCount(count, 'step')} to go: “${title}” is the next one.`,
	questionsToGo: (count: number, title: string) =>
		`${formatCount(count, 'question')} not answered yet: open the workshop again, and go to “${title}” with \`g\`.`,
	allPassed: 'Every step has passed: try the same on a Dockerfile of your own.',
};
