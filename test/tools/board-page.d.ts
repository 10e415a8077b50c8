import type {BoardPage} from '../../source/board/board-page.js';

export const buildBoardPage: () => Promise<{page: BoardPage; inputs: Record<string, unknown>}>;
