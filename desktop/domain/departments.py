"""The industry departments that the documents name, each with its field and its article (reference list)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from desktop.domain.search_keys import normalise


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """One department: its usual name, its other names and the field it guides."""

    name: str
    aliases: tuple[str, ...] = ()
    field: str = ""
    article: str = ""


def _d(name: str, *aliases: str, field: str = "", article: str = "") -> Department:
    return Department(name=name, aliases=aliases, field=field, article=article)


OTHER_DEPARTMENT: Final = "其他部门"

# 宜昌 annex 3, in the order of its rows.
YICHANG: Final = (
    _d("应急管理部门", "应急部门", "应急局", "应急管理局"),
    _d("住建部门", "住建局", "住房建设部门", "住房和城乡建设局", "住房城乡建设部门"),
    _d("交通部门", "交通局", "交通运输部门", "交通运输局"),
    _d("水利部门", "水利局", "水利和湖泊局", "水务部门"),
    _d("农业农村部门", "农业部门", "农业农村局"),
    _d("城管部门", "城管局", "城管委", "城市管理部门"),
    _d("自然资源和规划部门", "自然资源部门", "自规局", "自然资源和规划局"),
    _d("林业和园林部门", "林业部门", "园林部门", "林业和园林局"),
    _d("经信部门", "经信局", "经济和信息化部门", "经济和信息化局"),
    _d("商贸部门", "商务部门", "商务局"),
    _d("文化体育旅游部门", "文体旅部门", "文化和旅游局", "文旅局"),
    _d("公安部门", "公安局"),
    _d("消防部门", "消防救援部门", "消防救援大队"),
)

# 龙岗 第十六条至第十九条.
LONGGANG: Final = (
    _d("区住房建设部门", "住建部门", "住建局", field="建筑、装修和住宅物业", article="第十六条"),
    _d("区应急管理部门", "应急局", field="综合协调、零星作业", article="第十八条"),
    _d("区市场监管部门", "市场监管局", field="特种设备、电梯、农贸市场", article="第十九条(一)"),
    _d("区发改部门", "发改局", field="供电、油气管道", article="第十九条(二)"),
    _d("区工业和信息化部门", "工信局", field="工业园区和厂房", article="第十九条(三)"),
    _d("区政数部门", "政数局", field="通信管线", article="第十九条(四)"),
    _d("区教育部门", "教育局", field="学校和幼儿园", article="第十九条(五)"),
    _d("区民政部门", "民政局", field="养老和福利机构", article="第十九条(六)"),
    _d("区国有资产管理部门", "国资局", field="区属国有企业", article="第十九条(七)"),
    _d("区文化广电旅游体育部门", "文体局", field="文化、体育、旅游场所和文物", article="第十九条(八)"),
    _d("区商务部门", "商务局", field="商场和餐饮", article="第十九条(九)"),
    _d("区卫生健康部门", "卫健局", field="医院和卫生机构", article="第十九条(十)"),
    _d("区规划和自然资源部门", "规自局", field="规划和地质", article="第十九条"),
    _d("区城市管理和综合执法部门", "城管局", field="户外广告、市容、绿化和照明", article="第十九条"),
    _d("区交通运输部门", "交通局", field="道路和停车设施", article="第十九条"),
    _d("区水务部门", "水务局", field="供排水和水利", article="第十九条"),
    _d("区供电部门", "供电局", field="电力设施", article="第十九条"),
    _d("区消防救援机构", "消防部门", field="消防", article="第十九条"),
    _d("区生态环境部门", "生态环境局", field="环境保护", article="第十九条"),
)

# 君山 二（四）.
JUNSHAN: Final = tuple(
    _d(name, article="君山 二（四）")
    for name in (
        "公安部门",
        "应急部门",
        "教育部门",
        "民政部门",
        "卫健部门",
        "农业农村部门",
        "市监部门",
        "水利部门",
        "自然资源部门",
        "生态环境部门",
        "商务部门",
        "文旅广体部门",
        "消防救援部门",
        "住建部门",
        "城管部门",
    )
)

BY_PACK: Final = {"longgang": LONGGANG, "junshan": JUNSHAN, "yichang": YICHANG}


def departments_of(pack_id: str) -> tuple[Department, ...]:
    """Give the departments of a jurisdiction's document; none for one that names none (any other can be typed)."""
    return BY_PACK.get(pack_id, ())


def annex_department(text: str) -> str:
    """Give the name that annex 3 of 宜昌 has for a department called otherwise; the text itself when it names none."""
    wanted = normalise(text)
    for department in YICHANG:
        if wanted in {normalise(name) for name in (department.name, *department.aliases)}:
            return department.name
    return text.strip()
