"""The functional core: rules as pure functions over frozen values.  No Qt, no SQL, no clock, no files.

Glossary (code word, Chinese word, meaning):

- ``Filing`` 申报件: one applicant's matter from the counter to its end.
- ``Facts`` 申报事实: what is declared about the work.
- ``Assessment`` 判定: what the policy pack says about the facts, with articles.
- ``PolicyPack`` 规则包: one jurisdiction's rules, versioned, with effective dates and a standing.
- ``SmallWork`` 小型工程, ``MinorOperation`` 零星作业: the two kinds of matter.
- ``Material`` 申报材料, ``MaterialCheck`` 核对: a paper that is asked for; the clerk's verdict on it.
- ``OneTimeNotice`` 一次性告知书: every deficiency of a filing, told once.
- ``Receipt`` 登记回执, ``CommitmentLetter`` 安全生产承诺书, ``RiskNotice`` 风险告知书.
- ``Registration`` 安全生产信息登记: the accepted filing; a notification, never a permit.
- ``Station`` 受理点: street office, community station or property company.
- ``Owner`` 建设单位/业主, ``Contractor`` 生产经营单位, ``Agent`` 受委托人, ``Clerk`` 窗口人员.
- ``Measure`` 指标, ``Figure`` 数字, ``Breakdown`` 分类: what is counted, what came of it, what it is parted by.
- ``Period`` 期间, ``as_of`` 截至: the days a figure is about; the moment whose knowledge it stands on.
- ``LateEntry`` 补录: what the ledger came to know of after that moment.
- ``Report`` 报表, ``IssuedReport`` 已出报表, ``fingerprint`` 校验码: figures together; printed; their hash.
- ``Book`` 登记簿: a register beside the ledger (training, insurance, accidents, funds …), ``BookRow`` one entry of it.
- ``Evaluation`` 专项评价: organisations judged item by item, by themselves and on the spot; ``FollowUp`` 改进措施.
- ``due_on`` 到期日, ``valid_until`` 有效期至: deadlines.
"""
