import path from 'node:path';
import {temporaryFolder} from '../tools/child-environment.js';
import {writeFiles} from '../tools/write-files.js';

/** Writes a workshop that needs nothing but images; resolves with its folder. Its ID is `pulling`. */
export const writePullingWorkshop = (images: string[]): string => {
	const folder = path.join(temporaryFolder(), 'pulling');
	writeFiles(folder, {
		'workshop.md': `---\nformat: 1\nid: pulling\ntitle: Pulling\nminutes: 1\nimages: ${JSON.stringify(images)}\ncontexts: []\n---\n\nIt only pulls.\n`,
		'01-one.md': '# One\n\n## Read\n\n<!-- step\nid: read\nkind: read\nchecks: []\n-->\n\nRead.\n',
	});
	return folder;
};
