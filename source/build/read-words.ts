import type {BuildEvent} from './model.js';

/** How BuildKit's clients and the CLI begin the line that says why a build failed (CLI 20.10 to 28). */
const complaint =
	/^(?:ERROR: |error: |failed to |executor failed |unable to prepare context|Error response from daemon: |Cannot connect to the Docker daemon|permission denied |Got permission denied |invalid value |unknown flag: )/;

/** Events of a line that belongs to no instruction, as BuildKit's clients print them. `at`: seconds. */
export const readOutsideLine = (text: string, at: number): BuildEvent[] => {
	if (text.trim() === '') return [];
	const events: BuildEvent[] = [{event: 'line', id: null, text, at}];
	if (complaint.test(text)) {
		events.push({event: 'failed', id: null, message: text.replace(/^(?:ERROR|error): /, ''), at});
	}
	// All that `docker build -q` prints, on stdout.
	if (/^sha256:[0-9a-f]{64}$/.test(text)) events.push({event: 'image', imageId: text});
	return events;
};

/**
 * The image's ID and names in what BuildKit says while it exports. The containerd store exports a manifest, then a
 * list of manifests, whose digest is the ID: so the last one counts.
 */
export const readExport = (text: string): BuildEvent[] => {
	const image = /^(?:writing image|exporting manifest(?: list)?) (sha256:[0-9a-f]{64})(?: |$)/.exec(
		text,
	)?.[1];
	if (image) return [{event: 'image', imageId: image}];
	const name = /^naming to (\S+)/.exec(text)?.[1];
	return name ? [{event: 'named', name}] : [];
};
