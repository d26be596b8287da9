/**
 * The mail that is the subject of this project, sentence by sentence, each with its claim and the scenes that show it.
 * Mel Gorman to linux-kernel, 25 June 2003, <20030625092938.GA13771@skynet.ie>, in the thread "[RFC] My research agenda for
 * 2.7"; spelling as sent.
 */
import { KERNEL_PAGES } from './kernel-pages.ts';
import { PROPOSAL } from './proposal.ts';
import type { Sentence } from './sentence.ts';
import { USER_PAGES } from './user-pages.ts';
import { VIRTUES } from './virtues.ts';

export const MAIL_AUTHOR = 'Mel Gorman';
export const MAIL_DATE = '25 June 2003';
/** What follows the last sentence: the signature and the list's own foot. */
export const MAIL_FOOT =
  '-- Mel Gorman - To unsubscribe from this list: send the line "unsubscribe linux-kernel" in the body of a message to majordomo@vger.kernel.org More majordomo info at http://vger.kernel.org/majordomo-info.html Please read the FAQ at http://www.tux.org/lkml/';

/** Every sentence, in the order of the mail. */
export const SENTENCES: readonly Sentence[] = [...PROPOSAL, ...USER_PAGES, ...KERNEL_PAGES, ...VIRTUES];
