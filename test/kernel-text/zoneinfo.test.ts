import { describe, expect, it } from 'vitest';
import { parseZoneinfo } from '../../src/kernel-text/zoneinfo.ts';

const TODAY = `Node 0, zone      DMA
  per-node stats
      nr_inactive_anon 729
  pages free     3808
        boost    0
        min      22
        low      27
        high     32
        promo    37
        spanned  4095
        present  3998
        managed  3840
        cma      0
        protection: (0, 443, 443)
      nr_free_pages 3808
  pagesets
    cpu: 0
              count:    5
              high:     27
              batch:    1
              high_min: 6
              high_max: 60
  vm stats threshold: 2
    cpu: 1
              count:    7
              high:     27
              batch:    1
  vm stats threshold: 2
  node_unreclaimable:  0
  start_pfn:           1
Node 0, zone  Movable
  pages free     0
        min      0
        low      0
        high     0
        spanned  0
        present  0
        managed  0
        protection: (0, 0, 0)
`;

const LINUX_2_6_24 = `Node 0, zone   Normal
  pages free     2601
        min      20
        low      25
        high     30
        scanned  0 (a: 30 i: 30)
        spanned  225280
        present  223520
    nr_free_pages 2601
        protection: (0, 0, 8)
  pagesets
    cpu: 0 pcp: 0
              count: 4
              high:  186
              batch: 31
    cpu: 0 pcp: 1
              count: 3
              high:  62
              batch: 15
  all_unreclaimable: 0
  prev_priority:     12
  start_pfn:         4096
`;

describe('zoneinfo', () => {
  it('reads today’s text', () => {
    const { zones, warnings } = parseZoneinfo(TODAY);
    expect(warnings).toEqual([]);
    expect(zones).toHaveLength(2);
    expect(zones[0]).toEqual({
      node: 0,
      zone: 'DMA',
      free: 3808,
      min: 22,
      low: 27,
      high: 32,
      spanned: 4095,
      present: 3998,
      managed: 3840,
      startPfn: 1,
      protection: [0, 443, 443],
      perCpu: [
        { cpu: 0, count: 5, high: 27, batch: 1 },
        { cpu: 1, count: 7, high: 27, batch: 1 },
      ],
    });
    expect(zones[1]).toMatchObject({ zone: 'Movable', spanned: 0, startPfn: null, perCpu: [] });
  });

  it('reads 2.6.24: no managed pages, hot and cold lists summed', () => {
    const { zones } = parseZoneinfo(LINUX_2_6_24);
    expect(zones[0]).toMatchObject({
      managed: null,
      present: 223520,
      startPfn: 4096,
      perCpu: [{ cpu: 0, count: 7, high: 186, batch: 31 }],
    });
  });

  it('gives what there is of a text that starts and ends inside a zone', () => {
    const cut = TODAY.slice(TODAY.indexOf('  pages free'), TODAY.indexOf('        present'));
    const { zones, warnings } = parseZoneinfo(cut);
    expect(zones[0]).toMatchObject({ node: null, zone: null, free: 3808, spanned: 4095, present: null });
    expect(warnings).toHaveLength(1);
    expect(parseZoneinfo('Node 0, zone DMA\n  pages free 3\n').warnings[0]).toContain('spanned');
  });
});
