import { describe, expect, it } from 'vitest';
import { readSpeakers } from '../../src/content/extract/speakers.js';

const SAID: [string, string][] = [
  ['张小北（小北），云岭科技技术专家', '张小北@云岭科技'],
  ['张小北（云岭科技，架构师）', '张小北@云岭科技'],
  ['张小北（花名：远山），开源爱好者', '张小北'],
  ['张小北 花名远山（云岭集团高级专家。目前负责框架）', '张小北@云岭集团'],
  ['张小北（远山）云岭集团高级专家', '张小北@云岭集团'],
  ['张小北是云岭科技的平台负责人', '张小北@云岭科技'],
  ['云岭科技工程师张小北（花名：远山）', '张小北@云岭科技'],
  ['云岭科技 SDK 开源项目负责人 远山', '远山@云岭科技'],
  ['云岭科技研发总监, 张小北', '张小北@云岭科技'],
  ['张小北、李木', '张小北/李木'],
  ['张小北 和 李木（云岭科技）', '张小北@云岭科技/李木@云岭科技'],
  ['张小北，高级工程师，云岭科技', '张小北@云岭科技'],
  ['张小北，FooMesh PMC 成员，云岭科技工程师', '张小北@云岭科技'],
  ['张小北，FooMesh Maintainer', '张小北@FooMesh'],
  ['张小北，FooMesh Contributor，开源爱好者', '张小北'],
  ['张小北 Jack，云岭科技有限公司，副总裁', '张小北@云岭科技有限公司'],
  ['张小北（云岭科技）、李木（远帆集团）', '张小北@云岭科技/李木@远帆集团'],
  ['Ann Lee - Zürich Labs', 'Ann Lee@Zürich Labs'],
  ['张小北，前远帆科技专家，现任云岭科技架构师', '张小北@云岭科技'],
  ['张小北，《网格之书》作者', '张小北'],
  ['张小北老师', '张小北'],
  ['Ann Lee\nSecond Light CEO', 'Ann Lee'],
  ['Ann Lee (she/her), Principal Engineer, Foo', 'Ann Lee@Foo'],
  ['Dr. Ann Lee, University of Foo', 'Ann Lee@University of Foo'],
  ['Elena van der Berg, CTO of Foo Labs', 'Elena van der Berg@Foo Labs'],
  ['Ann Lee @ Blue Hat', 'Ann Lee@Blue Hat'],
  ['Ann Lee - Foo', 'Ann Lee@Foo'],
  ['FooMesh 研发工程师', ''],
  ['TBA', ''],
  ['敬请期待', ''],
];

describe('speakers', () => {
  it.each(SAID)('%s', (text, expected) => {
    expect(
      readSpeakers(text)
        .map((one) => (one.affiliation ? `${one.name}@${one.affiliation}` : one.name))
        .join('/'),
    ).toBe(expected);
  });
});
