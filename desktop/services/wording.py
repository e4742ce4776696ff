"""The few Chinese words that the record itself keeps; the words of the screen live in the views."""

from __future__ import annotations

from desktop.domain.acts import Act

ACT_WORDS = {
    Act.ACCEPT: "受理登记",
    Act.ONE_TIME_NOTICE: "一次性告知",
    Act.INFORM_PERMIT: "告知办理施工许可",
    Act.MUST_NOT_START: "告知不得开工并转执法",
    Act.NOT_APPLICABLE: "不属登记范围",
    Act.TO_STREET_OFFICE: "转街道办理",
    Act.SUBMIT_FOR_REVIEW: "收件送审",
}

DUE_DATE_WORDS = {"site_check_by": "首次现场检查期限", "feedback_by": "受理反馈期限"}

# Every act of the trail.  The values of ``Act`` are acts too.
EVENT_WORDS = {
    **{act.value: words for act, words in ACT_WORDS.items()},
    "reprint": "补打文书",
    "due_date": "期限改算",
    "platform_entry": "记平台编号",
    "platform_sheet": "复制平台录入内容",
    "office": "受理点设置",
    "calendar": "工作日历",
    "settings": "设置",
    "masking": "遮盖方式设置",
    "protect": "台账加密设置",
    "first_account": "设立首个账号",
    "make_account": "新设账号",
    "set_grants": "更改角色范围",
    "rename_account": "账号改名",
    "reset_password": "重置密码",
    "change_password": "更改本人密码",
    "release_account": "解锁账号",
    "activate_account": "启用账号",
    "deactivate_account": "停用账号",
    "account_locked": "账号锁定",
    "sign_in": "登录",
    "sign_in_failed": "登录失败",
    "sign_out": "退出",
    "screen_lock": "锁屏",
    "unlocked": "解除锁屏",
    "reveal": "查看完整信息",
    "export": "导出台账",
    "revisit": "再次办理",
    "verification": "信息核实",
    "order": "签发责令文书",
    "review_settings": "审核设置",
    "attachment_added": "添加附件",
    "attachment_copied": "取用附件副本",
    "attachment_seen_whole": "查看附件原图",
    "attachments_purged": "到期清理附件",
    "drafts_purged": "到期清理草稿",
    "organisation": "维护组织",
    "organisation_ended": "停用组织",
    "person": "维护人员",
    "person_ended": "停用人员",
    "rotation": "安排轮岗",
    "person_lists_in": "导入人员名单",
    "person_lists_out": "导出、打印人员名单",
    "firm_list": "导出、打印企业名单",
    "bad_record_entered": "记入不良档案",
    "bad_record_lifted": "撤下不良档案",
    "bad_record_list": "导出、打印不良档案",
    "measure_noted": "记处理措施",
    "backup": "备份",
    "backup_settings": "备份设置",
    "restore": "恢复备份",
    "chain_started": "审计链起始",
    "trail_exported": "导出审计记录",
    "trail_verified": "核验台账，无异常",
    "trail_doubted": "核验台账，有异常",
    "closing_sheet": "日结",
    "closing_reprint": "补打日结单",
}

# What the rows of a subject are, for whoever reads that they were changed.
SUBJECT_WORDS = {
    "filing": "申报件",
    "account": "账号",
    "setting": "设置项",
    "firm": "企业",
    "demand": "业主需求",
    "organisation": "组织",
    "person": "人员",
    "closing": "日结单",
}


# Fields that change most; others are shown by their own path.
FIELD_WORDS = {
    "street_name": "街道名称",
    "station_name": "受理点名称",
    "station_kind": "受理点性质",
    "code": "编号代码",
    "window": "窗口",
    "clerk_name": "经办人",
    "phone": "电话",
    "address": "地址",
    "hours": "办公时间",
    "enforcement_body": "执法机构",
    "street_office_address": "街道办事处地址",
    "street_office_phone": "街道办事处电话",
    "pack_id": "规则包",
    "communities": "社区",
    "sub_areas": "片区",
    "videos": "警示片",
    "name": "姓名",
    "user_name": "用户名",
    "grants": "角色和范围",
    "is_active": "启用",
    "organisation": "组织",
    "owner.name": "业主名称",
    "owner.phone": "业主电话",
    "owner.id_number": "业主证件号码",
    "contractor.party.name": "生产经营单位",
    "project_name": "工程名称",
}


def field_word(path: str) -> str:
    """Give the Chinese word of a field; one without stays as it is."""
    return FIELD_WORDS.get(path, path)


def act_word(act: str) -> str:
    """Give the Chinese word of an act of the trail; one that this program does not know stays as it is."""
    return EVENT_WORDS.get(act, act)
