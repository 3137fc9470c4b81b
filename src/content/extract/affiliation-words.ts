// The general words for what people are and do; what stands before them in `云岭科技高级研发工程师` is the house.

const ROLE_HAN =
  '工程师 架构师 专家 负责人 创始人 总监 经理 主管 顾问 研究员 科学家 布道师 布道者 倡导者 开发者 贡献者 维护者 作者 讲师 教授 博士 硕士 博士生 研究生 博士后 学生 站长 主席 总裁 总经理 董事长 董事 委员 发起人 合伙人 程序员 成员 实习生 组长 队长 主任 院长 所长 副院长 校长 秘书长 专员 主编 编辑 译者 设计师 分析师 组织者 大使 导师 掌门人 站长 校友 员工 老师 同学 带头人 传播者 会长 理事长 理事 领队 主理人';
const ROLE_LATIN =
  'engineer architect developer founder cofounder co-founder manager director evangelist advocate ambassador lead leader head cto ceo coo cio cpo ciso vp president chair maintainer committer contributor member consultant scientist researcher professor student phd analyst designer owner officer partner specialist author sre dev pmc tsc tl pm tpm fellow architects engineers programmer administrator devrel intern instructor trainer lecturer hacker freelancer organizer organiser coach';
export const WEAK =
  /贡献者|维护者|作者|成员|委员|站长|会员|大使|译者|讲师|校友|爱好者|maintainer|committer|contributor|\bpmc\b|\btsc\b|member|ambassador|author|mvp|reviewer|approver|organi[sz]er/i;
export const NO_HOUSE = /^独立|^网名|^花名|^昵称|^https?\b|^一个|^打造|^获|^自由|^个人|站长|委员会|爱好者|译者|^《|^“|^"|大赛|奖/;

const byLength = (words: string) => [...new Set(words.split(/\s+/).filter(Boolean))].sort((a, b) => b.length - a.length);

/** Endings that close a house's name, also when a department follows. */
export const SUFFIX =
  /(?:有限责任公司|股份有限公司|有限公司|公司|集团|科技|大学|研究院|研究所|实验室|基金会|银行|证券|保险|电视总台|总台|电视台|出版社|委员会|工作室|事务所|学院|Inc\.?|Ltd\.?|Labs?|Corp\.?|GmbH|University|Institute|Foundation)/g;
export const SUFFIX_TAIL = /^(?:股份|有限|责任|公司|集团|大学|学院|研究院|研究所|实验室|银行|（[^（）]{1,8}）)/;

const ROLES_HAN = byLength(ROLE_HAN);
/** Any role anywhere in a text. */
export const ROLE_HAN_ANYWHERE = new RegExp(ROLES_HAN.join('|'));
export const ROLES_LATIN = new Set(byLength(ROLE_LATIN));
export const RANKS = byLength('高级 资深 首席 中级 初级 助理 联合 创始 主任 执行 副 总 特聘 客座 在校 在读 大四 大三 大二 大一 专职 全职');
/** Fields of work: between the house and the role. Some also end a house's name, so they are taken off only before a rank is met. */
export const FIELDS = byLength(
  `软件 研发 开发 技术 云原生 云计算 云平台 容器 微服务 服务网格 中间件 平台 数据 大数据 数据库 架构 基础架构 基础设施 基础 产品 测试 质量 安全 解决方案 方案 系统 团队 小组 部门 部 中心 组 事业部 事业群 云端 算法 机器学习 深度学习
  人工智能 智能 可观测性 可观测 可靠性 稳定性 监控 运维 运营 前端 后端 服务端 客户端 全栈 移动端 移动 网络 网关 存储 内核 编译器 语言 引擎 搜索 推荐 广告 调度 函数 计算 算力 边缘计算 边缘 高性能 开源 社区 项目 生态 市场 商业化 业务
  应用 工程 工程效能 效能 效率 研究 分布式 区块链 多媒体 音视频 视频 视觉 图像 游戏 物联网 自动化 虚拟化 硬件 嵌入式 信息 信息化 落地 战略 设计 用户体验 体验 用户 增长 实施 售前 支持 服务 企业 大区 中国区 中国 解决 咨询 培训 教育 管理 保障 负责
  区域 高效 事业 核心 和 与 及 的 以及 实时 流计算 联邦 时序 向量 多模态 大模型 模型 推理 训练 加速 事务 注册 框架 分析 轻量级 工具 工具链 交付 持续交付 持续集成 服务治理 治理 后台 中台 底层 通用 配置 消息 队列 链路 日志 数字化 转型 创新 风控 风险 交易 支付 营销 金融级 编排 镜像 网管 网管软件 基础软件 系统软件 应用软件 工业软件`,
);
export const AMBIGUOUS = new Set(
  '软件 数据 网络 信息 科技 智能 移动 教育 服务 游戏 中国 计算 基础 视觉 保障 支付 云计算 企业 网关'.split(' '),
);
export const JOB_LATIN = new Set(
  `senior staff principal chief junior lead distinguished software cloud native platform backend frontend fullstack devops sre infra infrastructure data machine learning ai ml security network site reliability solution solutions
  product project program technical technology technologist research developer developers open source community kubernetes k8s apm it web mobile ios android java go golang rust python node.js javascript react database storage
  app application applications customer field sales marketing associate vice executive co managing general team tech engineering full stack systems system r&d ui ux qa test api docker linux mysql service mesh big the a an and of in for core founding independent freelance`
    .split(/\s+/)
    .filter(Boolean),
);

/** Words filed under their last sign, longest first: looking at the end of a text costs one look-up. */
export class Endings {
  private readonly byLast = new Map<string, string[]>();

  constructor(words: readonly string[]) {
    for (const word of words) {
      const last = word.at(-1) ?? '';
      this.byLast.set(last, [...(this.byLast.get(last) ?? []), word]);
    }
  }

  /** The longest of the words that the text ends with. */
  of(text: string, accept?: (word: string) => boolean): string | undefined {
    const words = this.byLast.get(text.charAt(text.length - 1));
    return words?.find((word) => text.endsWith(word) && (!accept || accept(word)));
  }
}

export const ROLE_ENDINGS = new Endings(ROLES_HAN);
export const RANK_ENDINGS = new Endings(RANKS);
export const FIELD_ENDINGS = new Endings(FIELDS);
