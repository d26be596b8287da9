/** What may be selected: a frame by its number, or a page by whose it is, which is then followed. */
export type Selection =
  | { readonly kind: 'page'; readonly pfn: number }
  | { readonly kind: 'region'; readonly process: number; readonly region: number; readonly page: number }
  | { readonly kind: 'file'; readonly file: number; readonly page: number }
  | { readonly kind: 'allocation'; readonly id: number; readonly page: number }
  | { readonly kind: 'stack'; readonly process: number; readonly page: number }
  | { readonly kind: 'page-table'; readonly process: number }
  | { readonly kind: 'objects'; readonly cache: number; readonly object: number };

/** What part of the picture is looked at: the page in the middle, and CSS pixels a page. */
export interface Zoom {
  readonly pfn: number;
  readonly cell: number;
}
